import type { Cell, OverlayPart, ReportIndex } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { usePart } from '../base/use-report.ts';
import { waitTexts } from './cell-signs.ts';
import { objectWaves } from './object-waves.ts';

/** All that runs in an environment, system by system. */
export function EnvironmentObjects({ index, cells }: { readonly index: ReportIndex; readonly cells: readonly Cell[] }) {
  return (
    <div class="fleet-objects">
      {cells.map((cell) => (
        <SystemObjects key={cell.system} index={index} cell={cell} />
      ))}
    </div>
  );
}

function SystemObjects({ index, cell }: { readonly index: ReportIndex; readonly cell: Cell }) {
  const { environment, system, namespace, objects, promotion } = cell;
  const part = usePart<OverlayPart>(index, `overlay/${environment}/${system}`);
  return (
    <section class="fleet-system-objects" aria-label={`Objects of ${system} in ${environment}`}>
      <h4>
        <a href={routeTo('system', [system, environment])}>
          <Said text={system} />
        </a>{' '}
        <span class="faint">
          {objects} objects in <Said text={namespace} />
        </span>
      </h4>
      {promotion?.next != null && (
        <p class="faint">
          <Said text={[promotion.next, ...waitTexts(promotion.waits)].join('; ')} />
        </p>
      )}
      {part === 'loading' && <p class="faint">Reading…</p>}
      {part === 'absent' && <p class="faint">The report has no objects of it.</p>}
      {typeof part === 'object' && <WaveList part={part} />}
    </section>
  );
}

/** As Argo CD applies them. */
function WaveList({ part }: { readonly part: OverlayPart }) {
  return (
    <dl class="fleet-object-waves">
      {objectWaves(part.objects).map(({ wave, objects }) => (
        <div key={wave}>
          <dt>sync wave {wave}</dt>
          <dd>
            <ul>
              {objects.map(({ id, component }) => (
                <li key={id}>
                  <a href={routeTo('object', [part.environment, part.system, id])}>
                    <Said text={id} />
                  </a>{' '}
                  {component !== null && (
                    <span class="faint">
                      <Said text={component} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}
