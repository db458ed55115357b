import { groupNodes, type NamedNode, nodeLines, portsText } from './group-nodes.ts';
import type { GraphEdge, SystemGraph } from './system-graph.ts';

const pale = 'color="#cccccc", fontcolor="#aaaaaa"';

/** The graph in DOT, for Graphviz: each wave a box, pale what is off, outside what is outside. */
export function printDot(graph: SystemGraph, title: string): string {
  const { waves, created, external, off, idOf } = groupNodes(graph);
  const lines = [
    `digraph ${quoted([title])} {`,
    '  // solid: starts after the other; dashed: may reach it, in any order',
    '  rankdir=LR;',
    '  node [shape=box, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
    ...waves.flatMap(({ wave, nodes }) => box(`cluster_wave_${wave}`, `wave ${wave}`, nodes)),
    ...box('cluster_created', 'at run time', created),
    ...box('cluster_outside', 'outside', external),
    ...box('cluster_off', 'off', off),
    ...graph.edges.map((edge) => `  ${idOf.get(edge.from)} -> ${idOf.get(edge.to)}${attributes(edge)};`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function box(id: string, title: string, nodes: readonly NamedNode[]): string[] {
  if (nodes.length === 0) return [];
  const head = [`  subgraph ${quoted([id])} {`, `    label=${quoted([title])};`, '    color="#cccccc";'];
  return [...head, ...nodes.map((node) => `    ${statement(node)}`), '  }'];
}

function statement(node: NamedNode): string {
  const look =
    node.state === 'off'
      ? `, style=dashed, ${pale}`
      : node.state === 'external'
        ? ', style="rounded,dashed"'
        : node.workload === 'StatefulSet'
          ? ', shape=cylinder'
          : node.workload === 'Job' || node.workload === 'CronJob'
            ? ', shape=hexagon'
            : '';
  return `${node.id} [label=${quoted(nodeLines(node))}${look}];`;
}

function attributes({ orders, ports, active }: GraphEdge): string {
  const said = [
    ...(ports.length > 0 ? [`label=${quoted([portsText(ports)])}`] : []),
    ...(orders ? [] : ['style=dashed']),
    ...(active ? [] : [pale]),
  ];
  return said.length === 0 ? '' : ` [${said.join(', ')}]`;
}

/** In a label a backslash begins an escape and an ampersand an entity. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line
      .replace(/[\u0000-\u001f\u007f]+/g, ' ')
      .replace(/["\\]/g, '\\$&')
      .replaceAll('&', '&amp;'),
  );
  return `"${escaped.join('\\n')}"`;
}
