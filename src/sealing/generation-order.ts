import { type Generate, sourceOf } from './generate.ts';

/**
 * The keys of a secret in an order in which each comes after the one that it is made from; otherwise as they
 * are declared. A circle is given as it runs, its first key last again.
 */
export function generationOrder(
  declared: ReadonlyMap<string, Generate>,
): { readonly order: readonly string[] } | { readonly circle: readonly string[] } {
  const order = new Set<string>();
  for (const key of declared.keys()) {
    // Each key has one source at most: what leads to it is a line, not a tree.
    const line: string[] = [];
    for (let at: string | undefined = key; at !== undefined && !order.has(at); at = sourceIn(declared, at)) {
      if (line.includes(at)) return { circle: [...line.slice(line.indexOf(at)), at] };
      line.push(at);
    }
    for (const made of line.reverse()) order.add(made);
  }
  return { order: [...order] };
}

/** A source that is not generated is given from outside. */
function sourceIn(declared: ReadonlyMap<string, Generate>, key: string): string | undefined {
  const source = sourceOf(declared.get(key) as Generate);
  return source !== undefined && declared.has(source) ? source : undefined;
}
