import fastJsonPatch, { type Operation } from 'fast-json-patch';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { deepEqual } from '../model/deep-equal.ts';
import { type DesiredObject, objectId, type PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Base } from './base.ts';
import { type ImageChange, imageChanges, withImages } from './images.ts';
import { fitsLiteral, staysInMerge } from './literals.ts';
import { predict } from './predict.ts';
import { standsApart } from './stands-apart.ts';
import { type MergeKeyAt, strategicPatch } from './strategic-patch.ts';

/** The difference of one environment from its base, in the most readable form that is exact. */
export interface Overlay {
  readonly environment: string;
  readonly system: string;
  readonly base: Base;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly parts: readonly string[];
  readonly images: readonly ImageChange[];
  readonly replicas: readonly { readonly name: string; readonly count: number }[];
  readonly configMaps: readonly { readonly name: string; readonly data: Readonly<Record<string, string>> }[];
  /** Objects that the base does not have. */
  readonly added: readonly DesiredObject[];
  readonly patches: readonly ObjectPatch[];
  /** Objects that kustomize's `namespace` would misplace; they stand beside it. */
  readonly apart: readonly DesiredObject[];
}

export type ObjectPatch =
  | { readonly form: 'merge'; readonly topic: string; readonly target: DesiredObject; readonly patch: PlainObject }
  | { readonly form: 'json'; readonly topic: string; readonly target: DesiredObject; readonly operations: readonly Operation[] };

export interface OverlayRequest {
  readonly environment: string;
  readonly base: Base;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly parts: ReadonlySet<string>;
  readonly desired: readonly DesiredObject[];
  readonly mergeKeyAt: (apiVersion: string, kind: string) => MergeKeyAt;
}

export function factorOverlay(request: OverlayRequest): Overlay {
  const { base, desired, namespace } = request;
  const apart = desired.filter((object) => standsApart(object, namespace));
  const wanted = new Map(desired.filter((object) => !apart.includes(object)).map((object) => [objectId(object), object]));
  const predicted = predict(base, request.parts);
  const added = [...wanted.values()].filter((object) => !predicted.has(objectId(object)));
  const images = imageChanges(
    [...wanted.values()].map((object) => [predicted.get(objectId(object))?.plain, object.plain] as const),
  );
  const mergeable = mergeableKeys(base, request.parts);
  const replicas: { name: string; count: number }[] = [];
  const configMaps: { name: string; data: Record<string, string> }[] = [];
  const patches: ObjectPatch[] = [];
  for (const [id, target] of predicted) {
    const object = wanted.get(id);
    if (object === undefined) {
      patches.push({ form: 'merge', topic: target.topic, target, patch: { $patch: 'delete' } });
      continue;
    }
    const after = object.plain;
    if (target.plain === after) continue;
    let before = withImages(target.plain, images);
    const count = scaled(before, after, [...predicted.values(), ...added]);
    if (count !== undefined) {
      replicas.push({ name: target.name, count });
      before = { ...before, spec: { ...asMap(before.spec), replicas: count } };
    }
    if (target.hashed) {
      const data = newLiterals(before, after, mergeable.get(id));
      if (Object.keys(data).length > 0) configMaps.push({ name: target.name, data });
      before = { ...before, data: { ...asMap(before.data), ...data } };
    }
    if (!deepEqual(before, after)) patches.push(patchFor(target, before, after, request));
  }
  return {
    environment: request.environment,
    system: base.system,
    base,
    namespace,
    labels: request.labels,
    parts: base.parts.filter((part) => request.parts.has(part.name)).map((part) => part.name),
    images,
    replicas,
    configMaps,
    added,
    patches,
    apart: apart.map((object) => inNamespace(object, namespace)),
  };
}

/** What stands beside kustomize's `namespace` says its own. */
function inNamespace(object: DesiredObject, namespace: string): DesiredObject {
  const metadata = asMap(object.plain.metadata);
  if (!object.namespaced || metadata?.namespace !== undefined) return object;
  return { ...object, plain: { ...object.plain, metadata: { ...metadata, namespace } } };
}

function patchFor(target: DesiredObject, before: PlainObject, after: PlainObject, request: OverlayRequest): ObjectPatch {
  const patch = strategicPatch(before, after, request.mergeKeyAt(target.apiVersion, target.kind));
  if (patch !== undefined) return { form: 'merge', topic: target.topic, target, patch };
  const operations = fastJsonPatch.compare(before, after, true).filter((operation) => !testsAnnotations(operation));
  return { form: 'json', topic: target.topic, target, operations };
}

/** While it builds, kustomize keeps annotations of its own among the others. */
function testsAnnotations({ op, path }: Operation): boolean {
  return op === 'test' && '/metadata/annotations/'.startsWith(`${path}/`);
}

const scalable = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);

/** The replicas that kustomize's `replicas` can set: it goes by name alone, whatever the kind. */
function scaled(before: PlainObject, after: PlainObject, all: readonly DesiredObject[]): number | undefined {
  if (!scalable.has(String(before.kind))) return undefined;
  const [old, now] = [asMap(before.spec)?.replicas, asMap(after.spec)?.replicas];
  const name = asMap(before.metadata)?.name;
  const namesakes = all.filter((object) => object.name === name && scalable.has(object.kind));
  return typeof old === 'number' && typeof now === 'number' && old !== now && namesakes.length === 1 ? now : undefined;
}

type MayMerge = (key: string) => boolean;

/**
 * Kustomize runs the generators of an overlay before its components: what a component brings cannot be
 * merged into, and what it sets would win.
 */
function mergeableKeys(base: Base, parts: ReadonlySet<string>): Map<string, MayMerge> {
  const changes = base.parts.filter((part) => parts.has(part.name)).flatMap((part) => part.changes);
  return new Map(
    base.core.map((object) => {
      const own = changes.filter(({ target }) => objectId(target) === objectId(object));
      return [objectId(object), (key: string) => !own.some(({ data }) => Object.hasOwn(data, key))];
    }),
  );
}

function newLiterals(before: PlainObject, after: PlainObject, mayMerge: MayMerge | undefined): Record<string, string> {
  const [old, now] = [asMap(before.data) ?? {}, asMap(after.data) ?? {}];
  if (!Object.entries(old).every(([key, value]) => staysInMerge(key, String(value)))) return {};
  const changed = Object.entries(now).filter(
    ([key, value]) =>
      mayMerge?.(key) === true &&
      old[key] !== value &&
      typeof value === 'string' &&
      !value.includes('\n') &&
      fitsLiteral(key, value),
  );
  return Object.fromEntries(changed.sort(([a], [b]) => compareText(a, b))) as Record<string, string>;
}
