import type { Operation } from 'fast-json-patch';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { objectId } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { alwaysApplies } from './always-applies.ts';
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

/** The same objects with and without a part. */
export interface Contrast {
  readonly without: readonly DesiredObject[];
  readonly with: readonly DesiredObject[];
}

/** A part where all is on that it refers to. */
export interface Variant extends Contrast {
  readonly name: string;
  /** The part where none of it is on. */
  readonly alone: () => Contrast;
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
  const added = variants.map((variant) => difference(variant.with, variant.without));
  const counts = new Map<string, number>();
  for (const object of added.flat()) counts.set(objectId(object), (counts.get(objectId(object)) ?? 0) + 1);
  // What several parts bring can be brought by none of them: kustomize refuses a second of the same name.
  const brought = added.map((objects) => objects.filter((object) => counts.get(objectId(object)) === 1));
  const written: Written = {
    always: byId(core),
    // Where the component is outside, an overlay may have another Service of the same name, and parts would change that one.
    byParts: byId(
      [...replaceableParts.flatMap((part) => part.objects), ...brought.flat()].filter(({ kind }) => kind !== 'Service'),
    ),
  };
  const optionalParts = variants.map(
    (variant, index): Part => ({
      name: variant.name,
      objects: brought[index] as readonly DesiredObject[],
      changes: changesOf(variant, written),
    }),
  );
  const parts = [...replaceableParts, ...optionalParts].filter((part) => part.objects.length + part.changes.length > 0);
  return { ...head, core, parts: parts.sort((a, b) => partOrder.indexOf(a.name) - partOrder.indexOf(b.name)) };
}

/** Objects that parts may change, as the files of a base hold them. */
interface Written {
  readonly always: ReadonlyMap<string, DesiredObject>;
  readonly byParts: ReadonlyMap<string, DesiredObject>;
}

function difference(objects: readonly DesiredObject[], others: readonly DesiredObject[]): DesiredObject[] {
  const known = new Set(others.map(objectId));
  return objects.filter((object) => !known.has(objectId(object)));
}

function changesOf(variant: Variant, written: Written): ObjectChange[] {
  const changes = growthsIn(variant, written);
  const applies = ({ target }: ObjectChange) => {
    const start = (written.always.get(objectId(target)) ?? written.byParts.get(objectId(target)))?.plain;
    return (operation: Operation) => alwaysApplies(operation, start);
  };
  if (changes.every((change) => change.operations.every(applies(change)))) return changes;
  // An overlay may have the part without what it refers to: then it is as it is alone. The rest is for overlays to say.
  const alone = new Map(growthsIn(variant.alone(), written).map((change) => [objectId(change.target), change]));
  return changes
    .map((change) => (change.operations.every(applies(change)) ? change : (alone.get(objectId(change.target)) ?? change)))
    .map((change) => ({ ...change, operations: change.operations.filter(applies(change)) }))
    .filter(changesSomething);
}

function growthsIn({ without, with: changed }: Contrast, { always }: Written): ObjectChange[] {
  const after = byId(changed);
  return without
    .flatMap((target): ObjectChange[] => {
      const now = after.get(objectId(target));
      if (now === undefined) return [];
      if (!target.hashed) return [{ target, operations: growth(target.plain, now.plain), data: {} }];
      // Kustomize refuses to merge into a ConfigMap that is absent, or that a later part brings; a patch without target does nothing.
      if (!always.has(objectId(target))) return [];
      return [{ target, operations: [], data: newData(target.plain, now.plain) }];
    })
    .filter(changesSomething);
}

function newData(before: PlainObject, after: PlainObject): Record<string, string> {
  const [old, now] = [asMap(before.data) ?? {}, (asMap(after.data) ?? {}) as Record<string, string>];
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => old[key] !== value));
}

function changesSomething({ operations, data }: ObjectChange): boolean {
  return operations.length > 0 || Object.keys(data).length > 0;
}

function byId(objects: readonly DesiredObject[]): Map<string, DesiredObject> {
  return new Map(objects.map((object) => [objectId(object), object]));
}
