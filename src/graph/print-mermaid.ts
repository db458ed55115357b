import { groupNodes, type NamedNode, nodeLines, portsText } from './group-nodes.ts';
import type { GraphEdge, SystemGraph } from './system-graph.ts';

/** The graph as a Mermaid flowchart: each wave a box, pale what is off, outside what is outside. */
export function printMermaid(graph: SystemGraph): string {
  const { waves, created, external, off, idOf } = groupNodes(graph);
  const asleep = graph.edges.flatMap(({ active }, index) => (active ? [] : [index]));
  const lines = [
    'flowchart LR',
    '  %% solid: starts after the other; dotted: may reach it, in any order',
    ...waves.flatMap(({ wave, nodes }) => box(`wave${wave}`.replace('-', '_'), `wave ${wave}`, nodes)),
    ...box('created', 'at run time', created),
    ...box('outside', 'outside', external),
    ...box('switched_off', 'off', off),
    ...graph.edges.map((edge) => `  ${idOf.get(edge.from)} ${arrow(edge)} ${idOf.get(edge.to)}`),
    ...(external.length > 0 ? ['  classDef external stroke-dasharray:4 3', `  class ${idsOf(external)} external`] : []),
    ...(off.length > 0 ? ['  classDef off fill:#f7f7f7,stroke:#ccc,color:#aaa', `  class ${idsOf(off)} off`] : []),
    ...(asleep.length > 0 ? [`  linkStyle ${asleep.join(',')} stroke:#ccc,color:#aaa`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function box(id: string, title: string, nodes: readonly NamedNode[]): string[] {
  if (nodes.length === 0) return [];
  return [`  subgraph ${id}[${quoted([title])}]`, ...nodes.map((node) => `    ${node.id}${shape(node)}`), '  end'];
}

function shape(node: NamedNode): string {
  const label = quoted(nodeLines(node));
  if (node.state === 'external') return `([${label}])`;
  if (node.workload === 'StatefulSet') return `[(${label})]`;
  return node.workload === 'Job' || node.workload === 'CronJob' ? `{{${label}}}` : `[${label}]`;
}

function arrow({ orders, ports }: GraphEdge): string {
  const label = ports.length > 0 ? `|${quoted([portsText(ports)])}|` : '';
  return `${orders ? '-->' : '-.->'}${label}`;
}

function idsOf(nodes: readonly NamedNode[]): string {
  return nodes.map(({ id }) => id).join(',');
}

/** Whatever could mean something to Mermaid, Markdown or HTML is written as the number of its character. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/[^A-Za-z0-9 .,:/-]/gu, (character) => `#${character.codePointAt(0)};`),
  );
  return `"${escaped.join('<br/>')}"`;
}
