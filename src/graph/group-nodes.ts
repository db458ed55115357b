import type { GraphNode, SystemGraph } from './system-graph.ts';

/** A node under a name that no format gives a meaning to. */
export interface NamedNode extends GraphNode {
  readonly id: string;
}

export interface NodeGroups {
  readonly waves: readonly { readonly wave: number; readonly nodes: readonly NamedNode[] }[];
  /** Pods that another component creates: in no wave. */
  readonly created: readonly NamedNode[];
  readonly external: readonly NamedNode[];
  readonly off: readonly NamedNode[];
  readonly idOf: ReadonlyMap<string, string>;
}

/** What starts together, what comes at run time, what is outside, and what is off. */
export function groupNodes({ nodes }: SystemGraph): NodeGroups {
  const named = nodes.map((node, index) => ({ ...node, id: `n${index}` }));
  const waves = [...new Set(named.flatMap(({ wave }) => wave ?? []))].sort((a, b) => a - b);
  return {
    waves: waves.map((wave) => ({ wave, nodes: named.filter((node) => node.wave === wave) })),
    created: named.filter(({ state, wave }) => state === 'on' && wave === undefined),
    external: named.filter(({ state }) => state === 'external'),
    off: named.filter(({ state }) => state === 'off'),
    idOf: new Map(named.map(({ component, id }) => [component, id])),
  };
}

/** What a node says, a line each. */
export function nodeLines({ component, state, workload, host }: GraphNode): string[] {
  return [component, state === 'external' ? (host ?? 'outside') : workload];
}

export function portsText(ports: readonly { readonly name: string; readonly port: number }[]): string {
  return ports.map(({ name, port }) => `${name} ${port}`).join(', ');
}
