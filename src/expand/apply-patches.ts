import fastJsonPatch, { type Operation } from 'fast-json-patch';
import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { SystemSettings } from '../language/environment.ts';
import { deepEqual } from '../model/deep-equal.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { type Origin, placeOf } from '../model/origin.ts';
import { asMap } from '../model/pod-specs.ts';
import {
  childOf,
  isTrackedList,
  isTrackedMap,
  itemsOf,
  type Tracked,
  type TrackedMap,
  trackAll,
  untrack,
} from '../model/tracked.ts';
import { reportInexactNumbers } from '../resolve/inexact-numbers.ts';
import { over } from '../resolve/merge-layers.ts';

type MergeKeyAt = (path: readonly string[]) => string | undefined;
type WrittenPatch = Tracked<NonNullable<SystemSettings['patches']>[number]>;

/** Lays the patches of an environment over the objects, in order. */
export function applyPatches(
  objects: readonly DesiredObject[],
  patches: Tracked<NonNullable<SystemSettings['patches']>> | undefined,
  mergeKeysOf: (apiVersion: string, kind: string) => MergeKeyAt,
  report: Report,
): DesiredObject[] {
  let patched = [...objects];
  for (const patch of itemsOf(patches)) {
    reportInexactNumbers(patch as Tracked, report);
    const { kind, name, apiVersion } = untrack(patch.value.target);
    const matches = patched.filter(
      (object) => object.kind === kind && object.name === name && (apiVersion === undefined || object.apiVersion === apiVersion),
    );
    if (matches.length === 0) reportNoTarget(patch, objects, report);
    patched = patched.map((object) =>
      matches.includes(object) ? applyPatch(object, patch, mergeKeysOf(object.apiVersion, object.kind), report) : object,
    );
  }
  return patched;
}

function applyPatch(object: DesiredObject, patch: WrittenPatch, mergeKeyAt: MergeKeyAt, report: Report): DesiredObject {
  let tree: Tracked = object.tree;
  const { merge, json } = patch.value;
  if (merge !== undefined) tree = mergePatch(tree, merge as Tracked, [], mergeKeyAt) ?? tree;
  for (const operation of itemsOf(json as Tracked<unknown[]> | undefined))
    tree = jsonOperation(tree, operation as Tracked, report);
  const plain = untrack(tree) as PlainObject;
  if (isSameObject(object.plain, plain)) return { ...object, tree, plain };
  const place = placeOf(patch.origin);
  if (place !== undefined)
    report({
      code: 'patch-matches-nothing',
      severity: 'error',
      message: `a patch cannot make another object of ${object.kind}/${object.name}: apiVersion, kind, name and namespace stay`,
      place,
      hint: 'give the component another `name`, or say whole objects under `objects`',
    });
  return object;
}

function isSameObject(before: PlainObject, after: PlainObject): boolean {
  const [old, now] = [asMap(before.metadata), asMap(after.metadata)];
  const same = before.apiVersion === after.apiVersion && before.kind === after.kind;
  return same && old?.name === now?.name && old?.namespace === now?.namespace;
}

/** A strategic-merge patch on a tracked tree: what it changes takes its origin and remembers what it beat. */
function mergePatch(
  tree: Tracked | undefined,
  patch: Tracked,
  path: readonly string[],
  mergeKeyAt: MergeKeyAt,
): Tracked | undefined {
  if (patch.value === null) return undefined;
  if (isTrackedMap(patch) && (tree === undefined || isTrackedMap(tree))) {
    const value: TrackedMap = { ...((tree?.value ?? {}) as TrackedMap) };
    const removals: Origin[] = [];
    for (const [key, child] of Object.entries(patch.value)) {
      const merged = mergePatch(childOf(tree, key), child, [...path, key], mergeKeyAt);
      if (merged !== undefined) value[key] = merged;
      else if (Object.hasOwn(value, key)) {
        removals.push(child.origin);
        delete value[key];
      }
    }
    return withContent(tree ?? patch, value, removals);
  }
  if (isTrackedList(patch) && isTrackedList(tree)) {
    const mergeKey = mergeKeyAt(path);
    if (mergeKey !== undefined) return mergeLists(tree, patch, mergeKey, path, mergeKeyAt);
  }
  return tree === undefined ? patch : over(patch, tree);
}

function mergeLists(
  tree: Tracked & { value: readonly Tracked[] },
  patch: Tracked & { value: readonly Tracked[] },
  mergeKey: string,
  path: readonly string[],
  mergeKeyAt: MergeKeyAt,
): Tracked {
  const keyOf = (element: Tracked) => childOf(element, mergeKey)?.value;
  let items = [...tree.value];
  const removals: Origin[] = [];
  for (const element of patch.value) {
    const known = closest(
      items.filter((item) => keyOf(item) === keyOf(element)),
      element,
    );
    if (childOf(element, '$patch')?.value === 'delete') {
      items = items.filter((item) => item !== known);
      if (known !== undefined) removals.push(element.origin);
    } else if (known === undefined) items.push(element);
    else items = items.map((item) => (item === known ? (mergePatch(item, element, path, mergeKeyAt) as Tracked) : item));
  }
  return withContent(tree, items, removals);
}

/** Of what was taken away nothing is left that could say by whom; so what it was taken from does. */
function withContent(tree: Tracked, value: unknown, removals: readonly Origin[]): Tracked {
  if (removals.length === 0) return { ...tree, value };
  return { ...tree, value, changedBy: [...(tree.changedBy ?? []), ...removals] };
}

/** Where several bear the key, as port 53 of TCP and of UDP, the one that agrees with it in most else. */
function closest(items: readonly Tracked[], element: Tracked): Tracked | undefined {
  const agreement = (item: Tracked) =>
    Object.entries(element.value as TrackedMap).filter(([key, { value }]) => childOf(item, key)?.value === value).length;
  return items.reduce<Tracked | undefined>(
    (best, item) => (best !== undefined && agreement(best) >= agreement(item) ? best : item),
    undefined,
  );
}

function jsonOperation(tree: Tracked, operation: Tracked, report: Report): Tracked {
  try {
    const changed = fastJsonPatch.applyPatch(untrack(tree), [untrack(operation) as Operation], true, false).newDocument;
    return retrack(tree, changed, operation.origin);
  } catch (error) {
    const place = placeOf(operation.origin);
    const reason = String((error as { name?: string }).name ?? 'it does not apply')
      .replace(/_/g, ' ')
      .toLowerCase();
    if (place !== undefined)
      report({
        code: 'patch-matches-nothing',
        severity: 'error',
        message: `this operation cannot be applied to ${String(childOf(tree, 'kind')?.value)}/${String(childOf(childOf(tree, 'metadata'), 'name')?.value)}: ${reason}`,
        place,
        hint: 'see the object with `stowage why`, and mind that list indices count from 0',
      });
    return tree;
  }
}

/** What stayed the same keeps its origin; what the patch changed takes the patch's. */
function retrack(tree: Tracked | undefined, value: unknown, origin: Origin): Tracked {
  if (tree !== undefined && deepEqual(untrack(tree), value)) return tree;
  const before = tree ?? { value, origin };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => retrack(childOf(tree, index), item, origin));
    return withContent(before, items, isTrackedList(tree) && items.length < tree.value.length ? [origin] : []);
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [key, retrack(childOf(tree, key), item, origin)]);
    const isLess = isTrackedMap(tree) && Object.keys(tree.value).some((key) => !Object.hasOwn(value, key));
    return withContent(before, Object.fromEntries(entries), isLess ? [origin] : []);
  }
  const fresh = trackAll(value, origin);
  return tree === undefined ? fresh : over(fresh, tree);
}

function reportNoTarget(patch: WrittenPatch, objects: readonly DesiredObject[], report: Report): void {
  const { kind, name } = untrack(patch.value.target);
  const place = placeOf(patch.value.target.origin);
  const hint = didYouMean(
    `${kind}/${name}`,
    objects.map((object) => `${object.kind}/${object.name}`),
  );
  if (place !== undefined)
    report({
      code: 'patch-matches-nothing',
      severity: 'error',
      message: `there is no ${kind}/${name} to patch in this environment`,
      place,
      ...(hint === undefined ? {} : { hint }),
    });
}
