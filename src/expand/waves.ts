import type { Dependency } from '../resolve/resolved.ts';

/** How deep each component stands above those that it waits for. */
export function waveDepths(components: readonly string[], edges: readonly Dependency[]): Map<string, number> {
  const depths = new Map<string, number>();
  const underWay = new Set<string>();
  const depthOf = (key: string): number => {
    const known = depths.get(key);
    if (known !== undefined) return known;
    if (underWay.has(key)) return 0;
    underWay.add(key);
    const below = edges.filter((edge) => edge.orders && edge.from === key).map((edge) => depthOf(edge.to) + 1);
    const depth = Math.max(0, ...below);
    depths.set(key, depth);
    return depth;
  };
  for (const key of components) depthOf(key);
  return depths;
}

/**
 * The waves of a release stay the same in every environment, so that a toggle does not move what it does
 * not touch; unless an environment adds an edge that they do not honour.
 */
export function chooseWaves(
  usual: ReadonlyMap<string, number>,
  components: readonly string[],
  edges: readonly Dependency[],
): ReadonlyMap<string, number> {
  const honoured = edges.every((edge) => !edge.orders || (usual.get(edge.from) ?? 0) > (usual.get(edge.to) ?? 0));
  return honoured ? usual : waveDepths(components, edges);
}
