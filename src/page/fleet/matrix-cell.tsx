import type { Cell } from '../../report/report.ts';
import { rangeText } from '../base/amount-text.ts';
import { loadShares } from '../base/load-shares.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { cellSigns } from './cell-signs.ts';

interface MatrixCellProps {
  readonly cell: Cell | undefined;
  /** Whether it is what the filters ask for; else only its place is kept. */
  readonly answers: boolean;
}

/** One system in one environment: what it is at, and what somebody should know. */
export function MatrixCell({ cell, answers }: MatrixCellProps) {
  if (cell === undefined) return <td class="fleet-absent" />;
  const { environment, system, release, profiles, namespace, objects } = cell;
  return (
    <td class={answers ? undefined : 'fleet-apart'}>
      <a
        class="fleet-cell-link"
        href={routeTo('system', [system, environment])}
        title={`${system} in ${environment}: ${objects} objects in namespace ${namespace}`}
      >
        <span class="fleet-system">
          <Said text={system} />
        </span>{' '}
        <span class={release === 'head' ? 'fleet-release fleet-at-head' : 'fleet-release'}>
          <Said text={release} />
        </span>
      </a>
      {answers && (
        <>
          {profiles.length > 0 && (
            <span class="fleet-profiles">
              <Said text={profiles.join(', ')} />
            </span>
          )}
          <span class="fleet-quiet faint">{quietText(cell)}</span>
          <Signs cell={cell} />
        </>
      )}
    </td>
  );
}

function Signs({ cell }: { readonly cell: Cell }) {
  const signs = cellSigns(cell);
  if (signs.length === 0) return null;
  return (
    <span class="fleet-signs">
      {signs.map(({ text, tone, means, href }) => (
        <a key={text} class={`badge ${tone}`} href={href} title={means}>
          {text}
        </a>
      ))}
    </span>
  );
}

/** Size first, then what of its components is not as usual. */
function quietText({ load, components }: Cell): string {
  const shares = loadShares(load);
  const amount = (resource: string, unit: string) => {
    const share = shares.find((one) => one.resource === resource);
    return share === undefined ? [] : [`${rangeText(resource, share.minimum, share.maximum)}${unit}`];
  };
  const apart = [
    ...(components.off > 0 ? [`${components.off} off`] : []),
    ...(components.external > 0 ? [`${components.external} external`] : []),
  ];
  const pieces = [...amount('cpu', ' CPU'), ...amount('memory', ''), ...apart];
  return pieces.map((piece) => piece.replaceAll(' ', unbroken)).join(' · ');
}

const unbroken = '\u00a0';
