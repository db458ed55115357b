/** Computed when it is asked for: what expressions name refers to each other in any order. */
export function lazily(names: Iterable<string>, get: (name: string) => unknown): object {
  const view = {};
  for (const name of names) Object.defineProperty(view, name, { enumerable: true, get: () => get(name) });
  return view;
}
