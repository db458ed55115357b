import { canonicalJson } from '../compile/expected-objects.ts';
import { type FieldPath, fieldMergeOf } from '../kubernetes/merge-keys.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';

/** What the elements of the lists of one object go by; an element that is not here goes by its content. */
export type ListKeys = (element: object) => string | undefined;

/**
 * Lists are keyed as Kubernetes merges them, and where it says nothing, as in custom resources, by `name` if
 * every element has one of its own.
 */
export function listKeysOf(objects: readonly PlainObject[], schemas: KubernetesSchemas): ListKeys {
  const keys = new Map<object, string>();
  for (const object of objects) {
    const fieldsAt = (path: FieldPath) =>
      fieldMergeOf(schemas, String(object.apiVersion), String(object.kind), path)?.mergeKeys ?? [];
    visit(object, [], fieldsAt, keys);
  }
  return (element) => keys.get(element);
}

/** For those without a key: two are the same when they say the same. */
export function contentKey(element: object): string {
  return `=${canonicalJson(element)}`;
}

function visit(
  value: unknown,
  path: readonly string[],
  fieldsAt: (path: FieldPath) => readonly string[],
  keys: Map<object, string>,
) {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    for (const [key, child] of Object.entries(value)) visit(child, [...path, key], fieldsAt, keys);
    return;
  }
  const elements = value.map(asMap);
  if (elements.length > 0 && elements.every((element) => element !== undefined)) {
    const stated = fieldsAt(path);
    const names = elements.map((element) => keyOf(element, stated.length > 0 ? stated : ['name']));
    if (names.every((name) => name !== undefined) && new Set(names).size === names.length)
      for (const [index, element] of elements.entries()) keys.set(element, names[index] as string);
  }
  for (const item of value) visit(item, path, fieldsAt, keys);
}

/** `8080`, `53/UDP`, `web`. */
function keyOf(element: PlainObject, fields: readonly string[]): string | undefined {
  const values = fields.flatMap((field) => {
    const value = element[field];
    // What it is by default need not be said.
    if (field === 'protocol') return value === undefined || value === 'TCP' ? [] : [value];
    return [value];
  });
  return values.length > 0 && values.every((value) => value !== undefined && typeof value !== 'object')
    ? values.join('/')
    : undefined;
}
