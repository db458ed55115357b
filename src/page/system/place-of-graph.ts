import type { GraphRecord, OriginRecord, OverlayPart } from '../../report/report.ts';
import type { Choice } from './graph-picture.tsx';

/** Of what the graph is asked for in an address: what is not there is not chosen. */
export function choiceOf({ nodes, edges }: GraphRecord, query: Readonly<Record<string, string>>): Choice {
  const { node = '', to = '' } = query;
  if (to !== '') return edges.some((edge) => edge.from === node && edge.to === to) ? { from: node, to } : null;
  return nodes.some(({ component }) => component === node) ? { node } : null;
}

export function queryOf(choice: Choice): Readonly<Record<string, string>> {
  if (choice === null) return {};
  return 'node' in choice ? { node: choice.node } : { node: choice.from, to: choice.to };
}

/** Where a component or a dependency is said; what is off is said by the component itself. */
export function originOfChoice({ graph, origins }: OverlayPart, choice: Choice): OriginRecord | undefined {
  if (choice === null) return undefined;
  const name = 'node' in choice ? choice.node : choice.from;
  const edge = 'node' in choice ? undefined : graph.edges.find(({ from, to }) => from === choice.from && to === choice.to);
  const origin = edge?.origin ?? graph.nodes.find(({ component }) => component === name)?.origin;
  return origin === undefined ? undefined : origins[origin];
}
