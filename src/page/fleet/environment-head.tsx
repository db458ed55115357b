import type { ClusterRow, EnvironmentRow } from '../../report/report.ts';
import { rangeText } from '../base/amount-text.ts';
import { LoadBar } from '../base/load-bar.tsx';
import { type LoadShare, loadShares, overBudget } from '../base/load-shares.ts';
import { Said } from '../base/said.tsx';
import { beyondText } from './cell-signs.ts';

interface EnvironmentHeadProps {
  readonly environment: EnvironmentRow;
  readonly cluster: ClusterRow | undefined;
  readonly opened: boolean;
  readonly arrive: boolean;
  readonly controls: string;
}

export function EnvironmentHead({ environment, cluster, opened, arrive, controls }: EnvironmentHeadProps) {
  const { name, stage, load } = environment;
  const beyond = overBudget(load);
  return (
    <th scope="row" class="fleet-head">
      <button
        type="button"
        class="fleet-toggle"
        aria-expanded={opened}
        aria-controls={opened ? controls : undefined}
        data-environment={name}
        data-arrive={arrive ? '' : undefined}
        title={opened ? 'Hide its objects' : 'Show its objects'}
      >
        <Said text={name} />
      </button>
      <span class="fleet-where faint">
        {stage !== '' && (
          <>
            <Said text={stage} /> ·{' '}
          </>
        )}
        <Said text={environment.cluster} />
        {environment.protected && <span class="badge fleet-protected">protected</span>}
        {beyond.length > 0 && (
          <span class="badge bad" title={beyond.map(beyondText).join('; ')}>
            over budget
          </span>
        )}
      </span>
      <ClusterShares shares={cluster === undefined ? [] : loadShares(load, cluster.load.allowed)} />
    </th>
  );
}

const told = ['cpu', 'memory'];

/** What it takes of its cluster. */
function ClusterShares({ shares }: { readonly shares: readonly LoadShare[] }) {
  const known = shares.filter(({ resource, allowed }) => told.includes(resource) && allowed !== undefined);
  return (
    <span class="fleet-taken faint">
      {known.map((share) => (
        <span key={share.resource} class="fleet-taken-one" title={`${beyondText(share)} of its cluster`}>
          <span>{share.resource === 'cpu' ? 'CPU' : 'Mem'}</span>
          <LoadBar share={share} />
          <span class="fleet-number">{percentText(share)}</span>
        </span>
      ))}
    </span>
  );
}

function percentText({ minimum, maximum, allowed = 0 }: LoadShare): string {
  if (allowed === 0) return rangeText('', minimum, maximum);
  const [least, most] = [minimum, maximum].map((value) => Math.round((100 * value) / allowed));
  return least === most ? `${most} %` : `${least} → ${most} %`;
}
