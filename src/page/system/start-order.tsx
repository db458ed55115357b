import type { GraphRecord } from '../../report/report.ts';
import { Said } from '../base/said.tsx';
import type { Choice } from './graph-picture.tsx';
import { startOrder } from './neighbours.ts';

interface Props {
  readonly graph: GraphRecord;
  readonly chosen: Choice;
  readonly hrefOf: (choice: Choice) => string;
  readonly onLight: (components: ReadonlySet<string>) => void;
}

/** What Argo CD starts first, and what then. */
export function StartOrder({ graph, chosen, hrefOf, onLight }: Props) {
  const waves = startOrder(graph);
  const created = graph.nodes.filter(({ state, wave }) => state === 'on' && wave === null);
  const light = (components: readonly string[]) => ({
    onPointerEnter: () => onLight(new Set(components)),
    onPointerLeave: () => onLight(new Set()),
    onFocusIn: () => onLight(new Set(components)),
    onFocusOut: () => onLight(new Set()),
  });
  if (waves.length === 0) return null;
  return (
    <section class="system-order" aria-label="Start order">
      <ol>
        {waves.map(({ wave, components }) => (
          <li key={wave}>
            <span class="system-order-wave" {...light(components)}>
              Wave {wave}
            </span>
            <span class="system-order-chips">
              {components.map((component) => (
                <a
                  key={component}
                  class="badge"
                  href={hrefOf({ node: component })}
                  aria-current={chosen !== null && 'node' in chosen && chosen.node === component ? 'true' : undefined}
                  {...light([component])}
                >
                  <Said text={component} />
                </a>
              ))}
            </span>
          </li>
        ))}
      </ol>
      {created.length > 0 && (
        <p class="faint">
          At run time:{' '}
          {created.map(({ component, workload }) => (
            <span key={component}>
              <Said text={component} /> (<Said text={workload} />){' '}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
