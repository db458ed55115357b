import { deepEqual } from '../model/deep-equal.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';

/** The key by which kustomize matches the elements of the list at a path; undefined where it replaces the list. */
export type MergeKeyAt = (path: readonly string[]) => string | undefined;

/** Thrown inside, never outside: the difference has no exact strategic-merge form. */
const inexpressible = Symbol('inexpressible');

/**
 * The smallest strategic-merge patch that turns one object into the other as kustomize applies it, or
 * undefined when there is none. Kustomize puts the elements of a patched list first, in the order of the
 * patch, and the others behind them in their own; so a patch lists all up to the last one that it changes.
 */
export function strategicPatch(before: PlainObject, after: PlainObject, mergeKeyAt: MergeKeyAt): PlainObject | undefined {
  if (holdsTwins(before, [], mergeKeyAt)) return undefined;
  const patch = mapPatch(before, after, [], mergeKeyAt);
  return patch === inexpressible ? undefined : patch;
}

/** Whether a list anywhere, also where nothing is patched, has elements of which kustomize would make one. */
function holdsTwins(value: unknown, path: readonly string[], mergeKeyAt: MergeKeyAt): boolean {
  if (Array.isArray(value)) {
    const mergeKey = value.length > 1 ? mergeKeyAt(path) : undefined;
    if (mergeKey !== undefined && areTwins(asList(value), mergeKey)) return true;
    return value.some((item) => holdsTwins(item, path, mergeKeyAt));
  }
  return Object.entries(asMap(value) ?? {}).some(([key, child]) => holdsTwins(child, [...path, key], mergeKeyAt));
}

/** It tells by two keys where all elements have both, and by the first where one has not. */
function areTwins(elements: readonly PlainObject[], mergeKey: string): boolean {
  const second = secondKeys[mergeKey];
  const keys =
    second !== undefined && elements.every((element) => element[second] !== undefined) ? [mergeKey, second] : [mergeKey];
  const told = new Set(elements.map((element) => keys.map((key) => String(element[key])).join(' ')));
  return told.size < elements.length;
}

type Patch = PlainObject | typeof inexpressible;

function mapPatch(before: PlainObject, after: PlainObject, path: readonly string[], mergeKeyAt: MergeKeyAt): Patch {
  const patch: PlainObject = {};
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (key === '$patch' || key === '$deleteFromPrimitiveList') return inexpressible;
    if (!Object.hasOwn(before, key)) {
      patch[key] = value;
    } else if (!deepEqual(old, value)) {
      const changed = valuePatch(old, value, [...path, key], mergeKeyAt);
      if (changed === inexpressible) return inexpressible;
      patch[key] = changed;
    }
  }
  return patch;
}

function valuePatch(old: unknown, value: unknown, path: readonly string[], mergeKeyAt: MergeKeyAt): unknown {
  const [oldMap, newMap] = [asMap(old), asMap(value)];
  if (oldMap !== undefined && newMap !== undefined) return mapPatch(oldMap, newMap, path, mergeKeyAt);
  if (Array.isArray(old) && Array.isArray(value)) {
    const mergeKey = mergeKeyAt(path);
    return mergeKey === undefined ? value : listPatch(old, value, mergeKey, path, mergeKeyAt);
  }
  // Kustomize keeps the style of the old value: in the place of a quoted text a number would become a text, and
  // in that of several lines white space would vanish.
  const likeScalars = typeof old === typeof value && typeof old !== 'object';
  const fitsBlock = !String(old).includes('\n') || /^\S/.test(String(value));
  return likeScalars && fitsBlock ? value : inexpressible;
}

function listPatch(
  before: readonly unknown[],
  after: readonly unknown[],
  mergeKey: string,
  path: readonly string[],
  mergeKeyAt: MergeKeyAt,
): PlainObject[] | typeof inexpressible {
  const [oldElements, newElements] = [keyed(before, mergeKey), keyed(after, mergeKey)];
  if (oldElements === undefined || newElements === undefined) return inexpressible;
  if (hasTwoKeys(mergeKey, [...oldElements, ...newElements])) return inexpressible;
  const newKeys = [...newElements.keys()];
  const unlisted = longestSuffix(newKeys, oldElements, newElements);
  const patch: PlainObject[] = [];
  for (const key of newKeys.slice(0, newKeys.length - unlisted)) {
    const [old, element] = [oldElements.get(key), newElements.get(key) as PlainObject];
    if (old === undefined) {
      patch.push(element);
      continue;
    }
    const changed = mapPatch(old, element, path, mergeKeyAt);
    if (changed === inexpressible) return inexpressible;
    patch.push({ [mergeKey]: key, ...changed });
  }
  for (const key of oldElements.keys()) if (!newElements.has(key)) patch.push({ [mergeKey]: key, $patch: 'delete' });
  return patch;
}

const secondKeys: Readonly<Record<string, string>> = {
  containerPort: 'protocol',
  port: 'protocol',
  topologyKey: 'whenUnsatisfiable',
};

/** Elements that kustomize tells apart by two keys it orders and deletes otherwise. */
function hasTwoKeys(mergeKey: string, elements: readonly (readonly [unknown, PlainObject])[]): boolean {
  const second = secondKeys[mergeKey];
  return second !== undefined && elements.some(([, element]) => element[second] !== undefined);
}

/** How many elements at the end need no mention: unchanged, and in the order that they already have. */
function longestSuffix(
  newKeys: readonly unknown[],
  oldElements: ReadonlyMap<unknown, PlainObject>,
  newElements: ReadonlyMap<unknown, PlainObject>,
): number {
  const kept = [...oldElements.keys()].filter((key) => newElements.has(key));
  let length = 0;
  while (length < Math.min(kept.length, newKeys.length)) {
    const key = newKeys[newKeys.length - 1 - length];
    if (key !== kept[kept.length - 1 - length] || !deepEqual(oldElements.get(key), newElements.get(key))) break;
    length += 1;
  }
  return length;
}

function keyed(list: readonly unknown[], mergeKey: string): Map<unknown, PlainObject> | undefined {
  const elements = new Map<unknown, PlainObject>();
  for (const item of list) {
    const element = asMap(item);
    const key = element?.[mergeKey];
    if (element === undefined || key === undefined || elements.has(key)) return undefined;
    elements.set(key, element);
  }
  return elements;
}
