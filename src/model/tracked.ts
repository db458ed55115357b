import type { Origin } from './origin.ts';

/**
 * A value that remembers where it came from, all the way down: maps and lists hold tracked values.
 * Everything that the compiler reads, resolves and builds has this one shape.
 */
export interface Tracked<T = unknown> {
  readonly value: TrackedContent<T>;
  readonly origin: Origin;
  /**
   * Of a map that several layers made: those above the one that says it first, which is its origin. Of a map or list
   * from which patches took something: those. What follows from it as such takes the origin and leaves this behind.
   */
  readonly changedBy?: readonly Origin[];
}

export type TrackedContent<T> = T extends readonly (infer Item)[]
  ? readonly Tracked<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Tracked<Exclude<T[Key], undefined>> }
    : T;

export type TrackedMap = Record<string, Tracked>;

/** As with `Object.create(null)` nothing is found in it that was not put there, and V8 does not make a hash table of it. */
export const BareMap = function BareMap() {} as unknown as new <Value = Tracked>() => Record<string, Value>;
BareMap.prototype = Object.create(null);

export function isTrackedMap(tracked: Tracked | undefined): tracked is Tracked & { value: TrackedMap } {
  return tracked !== undefined && typeof tracked.value === 'object' && tracked.value !== null && !Array.isArray(tracked.value);
}

export function isTrackedList(tracked: Tracked | undefined): tracked is Tracked & { value: readonly Tracked[] } {
  return tracked !== undefined && Array.isArray(tracked.value);
}

export function track<T>(value: TrackedContent<T>, origin: Origin): Tracked<T> {
  return { value, origin };
}

/** Who had the last word on it: of a map that several layers made, the uppermost of them. */
export function lastOrigin({ origin, changedBy }: Tracked): Origin {
  return changedBy?.at(-1) ?? origin;
}

/** The same in another shape: what has no origin of its own comes from where this comes from. */
export function reshape(tracked: Tracked, literal: object): Tracked {
  return { ...tracked, value: trackAll(literal, tracked.origin).value };
}

/** The entries of an optional tracked map, in the order in which they were written. */
export function entriesOf<T>(tracked: Tracked<Record<string, T>> | undefined): [string, Tracked<T>][] {
  return tracked === undefined ? [] : (Object.entries(tracked.value) as [string, Tracked<T>][]);
}

export function itemsOf<T>(tracked: Tracked<T[]> | Tracked<readonly T[]> | undefined): readonly Tracked<T>[] {
  return tracked === undefined ? [] : (tracked.value as unknown as readonly Tracked<T>[]);
}

export function untrack<T>(tracked: Tracked<T>): T {
  return strip(tracked as Tracked) as T;
}

function strip(tracked: Tracked): unknown {
  const value = tracked.value as unknown;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as Tracked[]).map(strip);
  const plain: Record<string, unknown> = {};
  for (const key in value) plain[key] = strip((value as TrackedMap)[key] as Tracked);
  return plain;
}

export function childOf(tracked: Tracked | undefined, key: string | number): Tracked | undefined {
  if (tracked === undefined) return undefined;
  if (isTrackedList(tracked)) return tracked.value[Number(key)];
  if (isTrackedMap(tracked) && Object.hasOwn(tracked.value, key)) return tracked.value[key];
  return undefined;
}

export function atPath(tracked: Tracked | undefined, path: readonly (string | number)[]): Tracked | undefined {
  return path.reduce<Tracked | undefined>((node, key) => childOf(node, key), tracked);
}

/** A literal of tracked and plain parts; plain parts take the origin given, absent ones are left out. */
export function trackAll(literal: unknown, origin: Origin): Tracked {
  if (isTracked(literal)) return literal;
  if (typeof literal !== 'object' || literal === null) return { value: literal, origin };
  if (Array.isArray(literal)) {
    return { value: literal.filter((item) => item !== undefined).map((item) => trackAll(item, origin)), origin };
  }
  const value: TrackedMap = {};
  for (const key in literal) {
    const child = (literal as Record<string, unknown>)[key];
    if (child !== undefined) value[key] = trackAll(child, origin);
  }
  return { value, origin };
}

function isTracked(literal: unknown): literal is Tracked {
  return typeof literal === 'object' && literal !== null && isOrigin((literal as Partial<Tracked>).origin) && 'value' in literal;
}

function isOrigin(candidate: Partial<Origin> | undefined): candidate is Origin {
  return typeof candidate === 'object' && (candidate?.kind === 'spec' || candidate?.kind === 'convention');
}

/** The tree without the keys whose value is null, but for those that stay. */
export function dropNulls(
  tree: Tracked,
  stays: (map: readonly string[], key: string) => boolean = () => false,
  path: readonly string[] = [],
): Tracked {
  if (!isTrackedMap(tree)) return tree;
  const value = new BareMap();
  for (const key in tree.value) {
    const child = tree.value[key] as Tracked;
    if (child.value !== null) value[key] = dropNulls(child, stays, [...path, key]);
    else if (stays(path, key)) value[key] = child;
  }
  return { ...tree, value };
}
