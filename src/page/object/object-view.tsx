import type { Cell, OverlayPart } from '../../report/report.ts';
import { type Route, routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { usePart } from '../base/use-report.ts';
import type { ViewProps } from '../base/view-props.ts';
import { SystemPickers } from '../system/system-pickers.tsx';
import { ObjectList } from './object-list.tsx';
import { OneObject } from './one-object.tsx';
import './object.css';

/** An object as the cluster gets it: where each value comes from, and what it is elsewhere. */
export function ObjectView({ index, route }: ViewProps) {
  const [environment = index.environments[0]?.name ?? '', asked, ...rest] = route.path;
  const system = asked ?? index.cells.find((cell) => cell.environment === environment)?.system ?? '';
  const cell = index.cells.find((one) => one.environment === environment && one.system === system);
  // A name may hold a slash, and an address may be written by hand.
  const id = rest.join('/');
  const toRoute = (to: Cell): Route => {
    const path = [to.environment, to.system, ...(to.system === system && id !== '' ? [id] : [])];
    return { view: 'object', path, query: to.system === system ? route.query : {} };
  };
  return (
    <section class="object-view stack">
      <div class="row object-title">
        <h2>{id === '' ? 'Objects' : <Said text={id} />}</h2>
        <a href={routeTo('system', [system, environment])}>
          <Said text={system} /> in <Said text={environment} />
        </a>
        <SystemPickers index={index} system={system} environment={environment} toRoute={toRoute} />
      </div>
      {cell === undefined ? (
        <p class="card">
          <Said text={system} /> does not run in <Said text={environment} />.
        </p>
      ) : (
        <Shown index={index} route={route} cell={cell} id={id} />
      )}
    </section>
  );
}

function Shown({ index, route, cell, id }: ViewProps & { readonly cell: Cell; readonly id: string }) {
  const part = usePart<OverlayPart>(index, `overlay/${cell.environment}/${cell.system}`);
  if (part === 'loading') return <p role="status">Unpacking …</p>;
  if (part === 'absent') return <p class="card">This report has no more of it.</p>;
  const object = part.objects.find((one) => one.id === id);
  return (
    <div class={`object-columns ${route.query.field === undefined || object === undefined ? '' : 'with-field'}`}>
      <ObjectList part={part} route={route} id={id} />
      {object !== undefined ? (
        <OneObject key={id} index={index} route={route} part={part} object={object} />
      ) : (
        <p class="card">
          {id === '' ? (
            'Choose an object to see what it holds and where each value comes from.'
          ) : (
            <>
              There is no <Said text={id} /> here.
            </>
          )}
        </p>
      )}
    </div>
  );
}
