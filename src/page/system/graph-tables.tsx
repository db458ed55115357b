import type { OverlayPart } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';

/** The graph in words, for who listens and for paper. */
export function GraphTables({ part }: { readonly part: OverlayPart }) {
  const { nodes, edges } = part.graph;
  return (
    <>
      <details class="card">
        <summary>
          <h3>Who reaches whom</h3> <span class="faint">{edges.length}</span>
        </summary>
        <Scroll label="Who reaches whom">
          <table class="grid">
            <thead>
              <tr>
                {['From', 'To', 'Ports', 'Waits', 'Network', 'Active'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {edges.map(({ from, to, ports, orders, network, active }, place) => (
                <tr key={`${from} ${to} ${place}`}>
                  <td>
                    <Said text={from} />
                  </td>
                  <td>
                    <Said text={to} />
                  </td>
                  <td class="mono">
                    <Said text={ports.map(({ name, port }) => `${name} ${port}`).join(', ')} />
                  </td>
                  <td>{orders ? 'yes' : 'no'}</td>
                  <td>{network ? 'open' : 'closed'}</td>
                  <td>{active ? 'yes' : 'no, off'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
      <details class="card">
        <summary>
          <h3>Components</h3> <span class="faint">{nodes.length}</span>
        </summary>
        <Scroll label="Components">
          <table class="grid">
            <thead>
              <tr>
                {['Component', 'State', 'Workload', 'Wave', 'Exposed as', 'Objects'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {nodes.map(({ component, state, workload, wave, exposed, host, objects }) => (
                <tr key={component}>
                  <th scope="row">
                    <a href={routeTo('system', [part.system, part.environment], { node: component })}>
                      <Said text={component} />
                    </a>
                  </th>
                  <td>{state}</td>
                  <td>
                    <Said text={state === 'external' ? (host ?? '') : workload} />
                  </td>
                  <td>{wave ?? ''}</td>
                  <td class="mono">
                    <Said text={exposed.join(', ')} />
                  </td>
                  <td>{objects.length}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}

function Scroll({ label, children }: { readonly label: string; readonly children: preact.ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keyboard too
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
