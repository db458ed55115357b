import type { Cell, OverlayPart } from '../../report/report.ts';
import { type Route, routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { usePart } from '../base/use-report.ts';
import type { ViewProps } from '../base/view-props.ts';
import { cellsOf } from './choose-cell.ts';
import { GraphTables } from './graph-tables.tsx';
import { SystemGraph } from './system-graph.tsx';
import { SystemHead } from './system-head.tsx';
import { SystemOverview } from './system-overview.tsx';
import { SystemPickers } from './system-pickers.tsx';
import './system.css';

/** One system in one environment: who needs whom, who may reach whom, and what starts when. */
export function SystemView({ index, route }: ViewProps) {
  const [system, asked] = route.path;
  if (system === undefined || !index.systems.includes(system)) return <SystemOverview index={index} missing={system ?? null} />;
  const cells = cellsOf(index, system);
  const environment = asked ?? cells[0]?.environment ?? '';
  const cell = cells.find((one) => one.environment === environment);
  const toRoute = (to: Cell): Route => ({ view: 'system', path: [to.system, to.environment], query: route.query });
  return (
    <section class="system-view stack">
      <div class="row system-title">
        <h2>
          <Said text={system} /> <span class="faint">in</span> <Said text={environment} />
        </h2>
        {cell !== undefined && <Standing cell={cell} />}
        <SystemPickers index={index} system={system} environment={environment} toRoute={toRoute} />
      </div>
      {cell === undefined ? <NotThere system={system} cells={cells} /> : <Shown index={index} route={route} cell={cell} />}
    </section>
  );
}

function Shown({ index, route, cell }: ViewProps & { readonly cell: Cell }) {
  const part = usePart<OverlayPart>(index, `overlay/${cell.environment}/${cell.system}`);
  if (part === 'loading') return <p role="status">Unpacking …</p>;
  if (part === 'absent') return <p class="card">This report has no more of it.</p>;
  return (
    <>
      <SystemHead index={index} cell={cell} part={part} />
      <SystemGraph part={part} route={route} />
      <GraphTables part={part} />
    </>
  );
}

/** What else is to be known of it, and where. */
function Standing({ cell: { environment, system, changes, drift, stale } }: { readonly cell: Cell }) {
  const drifted = drift === null ? 0 : drift.new + drift.expired;
  return (
    <>
      {stale && <span class="badge bad">has errors: shown as it was before</span>}
      {changes !== null && changes.objects > 0 && (
        <a class="badge accent" href={routeTo('change', [], { overlay: `${environment}/${system}` })}>
          {changes.objects === 1 ? '1 object changes' : `${changes.objects} objects change`}
        </a>
      )}
      {drifted > 0 && (
        <a class="badge warn" href={routeTo('drift', [], { overlay: `${environment}/${system}` })}>
          drifted in {drifted}
        </a>
      )}
    </>
  );
}

function NotThere({ system, cells }: { readonly system: string; readonly cells: readonly Cell[] }) {
  return (
    <div class="card">
      <p>It does not run there. It runs in:</p>
      <ul class="row system-list">
        {cells.map(({ environment }) => (
          <li key={environment}>
            <a class="badge" href={routeTo('system', [system, environment])}>
              <Said text={environment} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
