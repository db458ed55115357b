import { mergeKeyOf } from '../kubernetes/merge-keys.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { copyJson } from '../model/copy-json.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { LocatedField } from './locate-field.ts';

export interface PatchedField {
  readonly object: PlainObject;
  readonly located: LocatedField;
  /** Undefined: the field is to go. */
  readonly value: unknown;
  readonly schemas: KubernetesSchemas;
}

/** Bodies of a patch that give a field its value, the one that reads best first. */
export function patchBodies(field: PatchedField): readonly object[] {
  const merge = mergeBody(field);
  return [...(merge === undefined ? [] : [{ merge }]), { json: [jsonOperation(field)] }];
}

type MergeKeyAt = (path: readonly string[]) => string | undefined;

/** A strategic merge: lists are gone into by what Kubernetes matches their elements by, and others are said whole. */
function mergeBody({ object, located: { address, rest, value: around }, value, schemas }: PatchedField): unknown {
  const keyAt: MergeKeyAt = (path) => mergeKeyOf(schemas, String(object.apiVersion), String(object.kind), path);
  if (rest.length === 0 || !Array.isArray(around)) return merged(object, [...address, ...rest], value, [], keyAt);
  // An element that is not there yet brings its own name along.
  if (rest.length > 1 || value === undefined) return undefined;
  const isKeyed = keyAt(address.filter((step) => typeof step === 'string')) !== undefined;
  return merged(object, address, isKeyed ? [value] : [...around, value], [], keyAt);
}

function merged(
  node: unknown,
  [step, ...more]: readonly (string | number)[],
  value: unknown,
  path: readonly string[],
  keyAt: MergeKeyAt,
): unknown {
  if (step === undefined) return value ?? null;
  if (node === undefined && more.length === 0 && value !== undefined && keyAt(path) !== undefined) return [value];
  if (!Array.isArray(node)) return { [step]: merged(asMap(node)?.[String(step)], more, value, [...path, String(step)], keyAt) };
  const key = keyAt(path);
  const element: unknown = node[Number(step)];
  const name = key === undefined ? undefined : asMap(element)?.[key];
  if (key === undefined || name === undefined) return wholeList(node, [step, ...more], value);
  if (more.length === 0 && value === undefined) return [{ [key]: name, $patch: 'delete' }];
  return [{ [key]: name, ...(merged(element, more, value, path, keyAt) as object) }];
}

function wholeList(list: readonly unknown[], [index, ...more]: readonly (string | number)[], value: unknown): unknown[] {
  const copy = copyJson(list) as unknown[];
  const at = Number(index);
  if (more.length > 0) {
    let node = copy[at] as Record<string | number, unknown>;
    for (const step of more.slice(0, -1)) node = node[step] as Record<string | number, unknown>;
    const last = more.at(-1) as string | number;
    if (value === undefined) delete node[last];
    else node[last] = value;
  } else if (value === undefined) copy.splice(at, 1);
  else copy[at] = value;
  return copy;
}

function jsonOperation({ located: { address, rest, value: around }, value }: PatchedField): object {
  const pointer = (steps: readonly (string | number)[]) =>
    steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (rest.length === 0)
    return value === undefined ? { op: 'remove', path: pointer(address) } : { op: 'replace', path: pointer(address), value };
  const [first, ...more] = rest;
  const added = more.toReversed().reduce<unknown>((inner, step) => ({ [step]: inner }), value);
  return { op: 'add', path: pointer([...address, Array.isArray(around) ? '-' : (first as string)]), value: added };
}
