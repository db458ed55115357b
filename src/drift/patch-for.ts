import { mergeKeyOf } from '../kubernetes/merge-keys.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { copyJson } from '../model/copy-json.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { ListKeys } from '../plan/list-keys.ts';
import type { LocatedField } from './locate-field.ts';

export interface PatchedField {
  readonly object: PlainObject;
  readonly located: LocatedField;
  /** Undefined: the field is to go. */
  readonly value: unknown;
  readonly schemas: KubernetesSchemas;
  readonly keys: ListKeys;
}

/** Bodies of a patch that give a field its value: the one that reads best first. Undefined where there is no such one. */
export function patchBodies(field: PatchedField): readonly object[] {
  const merge = mergeBody(field);
  return [...(merge === undefined ? [] : [{ merge }]), { json: [jsonOperation(field)] }];
}

/** A strategic merge: lists are gone into by what Kubernetes matches their elements by, and others are said whole. */
function mergeBody({ object, located, value, schemas }: PatchedField): unknown {
  const { address, rest } = located;
  const named: string[] = [];
  const isKeyed = (path: readonly string[]) =>
    mergeKeyOf(schemas, String(object.apiVersion), String(object.kind), path) !== undefined;
  const body = (node: unknown, [step, ...more]: readonly (string | number)[]): unknown => {
    if (step === undefined) return value ?? null;
    if (node === undefined && more.length === 0 && value !== undefined && isKeyed(named)) return [value];
    if (!Array.isArray(node)) {
      named.push(String(step));
      return { [step]: body(asMap(node)?.[String(step)], more) };
    }
    const key = mergeKeyOf(schemas, String(object.apiVersion), String(object.kind), named);
    const element: unknown = node[Number(step)];
    const name = key === undefined ? undefined : asMap(element)?.[key];
    if (key === undefined || name === undefined) return wholeList(node, [step, ...more], value);
    if (more.length === 0 && value === undefined) return [{ [key]: name, $patch: 'delete' }];
    return [{ [key]: name, ...(body(element, more) as object) }];
  };
  // An element that is not there yet brings its own name along.
  const isNewElement = rest.length > 0 && Array.isArray(located.value);
  if (!isNewElement) return body(object, [...address, ...rest]);
  if (rest.length > 1 || value === undefined) return undefined;
  const key = mergeKeyOf(
    schemas,
    String(object.apiVersion),
    String(object.kind),
    address.filter((step) => typeof step === 'string'),
  );
  return bodyAround(object, address, key === undefined ? [...(located.value as unknown[]), value] : [value], { schemas });
}

function bodyAround(
  object: PlainObject,
  address: readonly (string | number)[],
  value: unknown,
  { schemas }: Pick<PatchedField, 'schemas'>,
): unknown {
  const located = { address, rest: [], value: undefined };
  return mergeBody({ object, located, value, schemas, keys: () => undefined });
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
