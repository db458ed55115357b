import type { Operation } from 'fast-json-patch';
import type { DesiredObject } from '../model/desired-object.ts';
import { objectId } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { growth } from './growth.ts';

/** A release as it is written down: what is always there, and parts that an overlay adds by name. */
export interface Base {
  readonly folder: string;
  readonly system: string;
  readonly release: string;
  readonly core: readonly DesiredObject[];
  readonly parts: readonly Part[];
  readonly waves: ReadonlyMap<string, number>;
}

/** A Kustomize Component: an optional component, an optional ingress, or a dependency that may be outside. */
export interface Part {
  readonly name: string;
  readonly objects: readonly DesiredObject[];
  /** What it changes about objects that are there without it. */
  readonly changes: readonly ObjectChange[];
}

export interface ObjectChange {
  readonly target: DesiredObject;
  readonly operations: readonly Operation[];
  /** For a hashed ConfigMap: keys added or replaced. */
  readonly data: Readonly<Record<string, string>>;
}

export interface Variant {
  readonly name: string;
  /** The same objects with and without the part. */
  readonly without: readonly DesiredObject[];
  readonly with: readonly DesiredObject[];
}

/** Splits the objects of a release into its core and its parts. */
export function factorBase(
  head: Pick<Base, 'folder' | 'system' | 'release' | 'waves'>,
  defaults: readonly DesiredObject[],
  replaceable: ReadonlySet<string>,
  variants: readonly Variant[],
  partOrder: readonly string[],
): Base {
  const core = defaults.filter((object) => object.component === undefined || !replaceable.has(object.component));
  const replaceableParts = [...replaceable].map(
    (name): Part => ({ name, objects: defaults.filter((object) => object.component === name), changes: [] }),
  );
  const always = new Set(core.map(objectId));
  const added = variants.map((variant) => ({ variant, objects: difference(variant.with, variant.without) }));
  const counts = new Map<string, number>();
  for (const { objects } of added)
    for (const object of objects) counts.set(objectId(object), (counts.get(objectId(object)) ?? 0) + 1);
  const optionalParts = added.map(
    ({ variant, objects }): Part => ({
      name: variant.name,
      // What several parts bring can be brought by none of them: kustomize refuses a second of the same name.
      objects: objects.filter((object) => counts.get(objectId(object)) === 1),
      changes: changesOf(variant, always),
    }),
  );
  const parts = [...replaceableParts, ...optionalParts].filter((part) => part.objects.length + part.changes.length > 0);
  return { ...head, core, parts: parts.sort((a, b) => partOrder.indexOf(a.name) - partOrder.indexOf(b.name)) };
}

function difference(objects: readonly DesiredObject[], others: readonly DesiredObject[]): DesiredObject[] {
  const known = new Set(others.map(objectId));
  return objects.filter((object) => !known.has(objectId(object)));
}

function changesOf(variant: Variant, always: ReadonlySet<string>): ObjectChange[] {
  const after = new Map(variant.with.map((object) => [objectId(object), object]));
  return variant.without.flatMap((target): ObjectChange[] => {
    const changed = after.get(objectId(target));
    if (changed === undefined) return [];
    if (target.hashed) {
      // Kustomize refuses to merge into a ConfigMap that is absent, or that a later part brings; a patch without target does nothing.
      if (!always.has(objectId(target))) return [];
      const [old, now] = [asMap(target.plain.data) ?? {}, (asMap(changed.plain.data) ?? {}) as Record<string, string>];
      const data = Object.fromEntries(Object.entries(now).filter(([key, value]) => old[key] !== value));
      return Object.keys(data).length > 0 ? [{ target, operations: [], data }] : [];
    }
    const operations = growth(target.plain, changed.plain);
    return operations.length > 0 ? [{ target, operations, data: {} }] : [];
  });
}
