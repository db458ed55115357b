/** Computed when it is asked for: what expressions name refers to each other in any order. */
export function lazily(names: Iterable<string>, get: (name: string) => unknown): object {
  const view: Record<string, unknown> = {};
  for (const name of names) view[name] = undefined;
  // Much faster to make than one with a getter for each name, and few of them are ever asked for.
  return new Proxy(view, { get: (_, name) => (Object.hasOwn(view, name) ? get(name as string) : Reflect.get(view, name)) });
}
