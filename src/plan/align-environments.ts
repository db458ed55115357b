import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { RenderedState } from './rendered-state.ts';

/**
 * Two environments as two states of the second one, so that their objects are matched by kind and name. What
 * differs only because namespace and environment are called otherwise is no difference.
 */
export function alignEnvironments(state: RenderedState, first: string, second: string): [RenderedState, RenderedState] {
  const of = (environment: string) =>
    new Map(
      [...state.overlays].flatMap(([overlay, objects]) =>
        overlay.startsWith(`${environment}/`) ? [[overlay.slice(environment.length + 1), objects] as const] : [],
      ),
    );
  const [left, right] = [of(first), of(second)];
  const names = new Map([[first, second]]);
  for (const [system, objects] of left) {
    const [from, to] = [namespaceOf(objects), namespaceOf(right.get(system) ?? [])];
    if (from !== undefined && to !== undefined) names.set(from, to);
  }
  const placed = (name: string, systems: ReadonlyMap<string, readonly PlainObject[]>): RenderedState => ({
    name,
    overlays: new Map([...systems].map(([system, objects]) => [`${second}/${system}`, objects])),
  });
  const aligned = new Map(
    [...left].map(([system, objects]) => [system, objects.map((object) => align(object, names) as PlainObject)]),
  );
  return [placed(first, aligned), { ...placed(second, right), ...(state.becauseOf && { becauseOf: state.becauseOf }) }];
}

/** Where most of a system lives. */
function namespaceOf(objects: readonly PlainObject[]): string | undefined {
  const counts = new Map<string, number>();
  for (const object of objects) {
    const namespace = asMap(object.metadata)?.namespace;
    if (typeof namespace === 'string') counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** A name that stands alone, or in the DNS name of a Service. */
function align(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string')
    return (
      names.get(value) ??
      value.replace(/\.([a-z0-9-]+)(?=\.svc\b)/g, (text, name: string) => (names.has(name) ? `.${names.get(name)}` : text))
    );
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => align(item, names));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, align(child, names)]));
}
