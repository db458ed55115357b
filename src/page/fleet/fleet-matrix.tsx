import { useMemo } from 'preact/hooks';
import type { ReportIndex } from '../../report/report.ts';
import { type Route, routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { goTo } from '../base/use-route.ts';
import { type FleetMasks, isShown } from './fleet-filter.ts';
import type { FleetTable } from './fleet-table.ts';
import { MatrixRow } from './matrix-row.tsx';
import { openedEnvironments, toggleEnvironment } from './opened-environments.ts';
import { useGrowth } from './use-growth.ts';
import { walkMatrix } from './walk-matrix.ts';

interface FleetMatrixProps {
  readonly index: ReportIndex;
  readonly table: FleetTable;
  readonly masks: FleetMasks;
  readonly route: Route;
}

/** Rows that a filter leaves out stay, hidden: to make them again would take longer than to show them. */
export function FleetMatrix({ index, table, masks, route }: FleetMatrixProps) {
  const { system = '' } = route.query;
  const columns = useMemo(
    () => table.systems.map((name, place) => ({ name, place })).filter(({ name }) => system === '' || name === system),
    [table, system],
  );
  const opened = openedEnvironments(route);
  const drawn = useGrowth(masks.size);
  let rank = 0;
  const none = ![...masks.values()].some(isShown);
  // One listener for all rows.
  const click = (event: MouseEvent) => {
    const button = (event.target as Element).closest<HTMLElement>('button[data-environment]');
    if (button !== null) goTo(toggleEnvironment(route, button.dataset.environment ?? ''), { replace: true });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to do so by keyboard too
    <section class="scroll fleet-scroll" aria-label="Environments and systems" tabIndex={0}>
      <table class="fleet-matrix" style={{ '--columns': columns.length }} onClick={click} onKeyDown={walkMatrix} hidden={none}>
        <thead>
          <tr>
            <th scope="col">Environment</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                <a href={routeTo('system', [name])}>
                  <Said text={name} />
                </a>
              </th>
            ))}
          </tr>
        </thead>
        {table.waves.map(({ wave, rows }) => (
          <tbody key={wave ?? 'outside'} hidden={!rows.some(({ environment }) => isShown(masks.get(environment.name) ?? ''))}>
            <tr class="fleet-wave">
              <th scope="rowgroup" colSpan={columns.length + 1}>
                <span>{wave === null ? 'Outside of the pipeline' : `Wave ${wave + 1}`}</span>
              </th>
            </tr>
            {rows.map((row) => (
              <MatrixRow
                key={row.environment.name}
                index={index}
                row={row}
                columns={columns}
                mask={masks.get(row.environment.name) ?? ''}
                opened={opened.has(row.environment.name)}
                near={isShown(masks.get(row.environment.name) ?? '') && rank++ < drawn}
                arrive={route.path[0] === row.environment.name}
              />
            ))}
          </tbody>
        ))}
      </table>
      {none && <p class="faint fleet-none">Nothing answers these filters.</p>}
    </section>
  );
}
