import type { OverlayPart } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';

/** The graph in words, for who listens and for paper. */
export function GraphTables({ part }: { readonly part: OverlayPart }) {
  const { nodes, edges } = part.graph;
  return (
    <>
      <Table title="Who reaches whom" count={edges.length} columns={['From', 'To', 'Ports', 'Waits', 'Network', 'Active']}>
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
      </Table>
      <Table
        title="Components"
        count={nodes.length}
        columns={['Component', 'State', 'Workload', 'Wave', 'Exposed as', 'Objects']}
      >
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
      </Table>
    </>
  );
}

interface TableProps {
  readonly title: string;
  readonly count: number;
  readonly columns: readonly string[];
  readonly children: preact.ComponentChildren;
}

function Table({ title, count, columns, children }: TableProps) {
  return (
    <details class="card">
      <summary>
        <h3>{title}</h3> <span class="faint">{count}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keyboard too */}
      <section class="scroll" tabIndex={0} aria-label={title}>
        <table class="grid">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </section>
    </details>
  );
}
