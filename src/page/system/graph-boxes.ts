import type { GraphEdgeRecord, GraphNodeRecord, GraphRecord } from '../../report/report.ts';
import type { Box, Line } from './layout-graph.ts';
import { measureText, shortened } from './measure-text.ts';

/** Who comes from the outside; no component may be called so. */
export const outside = ' outside';

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** Null: the way in from the outside. */
  readonly edge: GraphEdgeRecord | null;
  readonly labels: readonly string[];
}

const longestName = 30;
const mostLabels = 3;
export const lineHeight = 13;

export const nameShown = ({ component }: GraphNodeRecord) => shortened(component, longestName);

export function secondLine({ state, workload, host, exposed }: GraphNodeRecord): string {
  if (state === 'external') return shortened(host ?? 'external', longestName);
  const ways = exposed.length === 0 ? '' : exposed.length === 1 ? ' · exposed' : ` · exposed ${exposed.length}×`;
  return shortened(`${workload}${state === 'off' ? ' · off' : ways}`, longestName);
}

export function drawnEdges({ nodes, edges }: GraphRecord): DrawnEdge[] {
  const known = new Set(nodes.map(({ component }) => component));
  const inside = edges
    .filter(({ from, to }) => known.has(from) && known.has(to))
    .map((edge): DrawnEdge => ({ from: edge.from, to: edge.to, edge, labels: labelsOf(edge) }));
  const inward = nodes
    .filter(({ exposed }) => exposed.length > 0)
    .map(({ component }): DrawnEdge => ({ from: outside, to: component, edge: null, labels: [] }));
  return [...inward, ...inside];
}

function labelsOf({ ports, network, active }: GraphEdgeRecord): string[] {
  if (!active || !network) return [];
  const texts = ports.map(({ name, port }) => shortened(`${name}:${port}`, 24));
  return texts.length <= mostLabels ? texts : [...texts.slice(0, mostLabels - 1), `and ${texts.length - mostLabels + 1} more`];
}

export function boxesOf({ nodes }: GraphRecord): Box[] {
  const boxes = nodes.map((node): Box => {
    const badge = node.wave === null ? 0 : 26;
    const wide = Math.max(measureText(nameShown(node), 13, 600) + badge, measureText(secondLine(node), 11));
    return { id: node.component, width: wide + 24, height: 44, rim: node.state === 'external' ? 'end' : null };
  });
  return nodes.some(({ exposed }) => exposed.length > 0)
    ? [{ id: outside, width: 84, height: 44, rim: 'start' }, ...boxes]
    : boxes;
}

export function linesOf(edges: readonly DrawnEdge[]): Line[] {
  return edges.map(({ from, to, edge, labels }) => ({
    ...{ from, to, orders: edge?.orders === true },
    width: Math.max(0, ...labels.map((label) => measureText(label, 10.5) + 8)),
    height: labels.length * lineHeight,
  }));
}
