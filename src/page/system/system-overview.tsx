import { useMemo } from 'preact/hooks';
import type { ReportIndex } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { cellsOf } from './choose-cell.ts';

/** All systems with where they run, to choose from. */
export function SystemOverview({ index, missing }: { readonly index: ReportIndex; readonly missing: string | null }) {
  const systems = useMemo(() => index.systems.map((system) => ({ system, cells: cellsOf(index, system) })), [index]);
  return (
    <section class="stack">
      <h2>Systems</h2>
      {missing !== null && (
        <p class="card">
          There is no system <Said text={missing} /> in this report.
        </p>
      )}
      <ul class="system-overview">
        {systems.map(({ system, cells }) => (
          <li key={system} class="card">
            <h3>
              <a href={routeTo('system', [system])}>
                <Said text={system} />
              </a>
            </h3>
            <p class="faint">{cells.length === 1 ? '1 environment' : `${cells.length} environments`}</p>
            <ul class="row system-list">
              {cells.map(({ environment, release, stale }) => (
                <li key={environment}>
                  <a class="badge" href={routeTo('system', [system, environment])}>
                    <Said text={environment} /> <span class="faint mono">{<Said text={release} />}</span>
                    {stale && ' (with errors)'}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
