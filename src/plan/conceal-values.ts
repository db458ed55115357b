import type { PlainObject } from '../model/desired-object.ts';
import { digestOf } from '../model/digest.ts';
import { asMap } from '../model/pod-specs.ts';

/**
 * The object with digests in place of secret values and of ciphertext: they tell whether one changed, and they
 * are not shown either. They begin with a character that no Kubernetes text can hold.
 */
export function concealValues(object: PlainObject): PlainObject {
  if (object.kind === 'Secret' && object.apiVersion === 'v1')
    return { ...object, ...concealed(object, 'data'), ...concealed(object, 'stringData'), ...withoutCopy(object) };
  const spec = object.kind === 'SealedSecret' ? asMap(object.spec) : undefined;
  return spec === undefined ? object : { ...object, spec: { ...spec, ...concealed(spec, 'encryptedData') } };
}

const mark = '\0';

function concealed(owner: PlainObject, field: string): PlainObject {
  const value = owner[field];
  const map = asMap(value);
  if (value === undefined || value === null) return {};
  if (map === undefined) return { [field]: conceal(value) };
  return { [field]: Object.fromEntries(Object.entries(map).map(([key, child]) => [key, conceal(child)])) };
}

function conceal(value: unknown): string {
  return `${mark}${digestOf(JSON.stringify(value) ?? '')}`;
}

/** kubectl leaves a copy of the whole object behind. */
const copyOfObject = 'kubectl.kubernetes.io/last-applied-configuration';

function withoutCopy({ metadata }: PlainObject): PlainObject {
  const annotations = asMap(asMap(metadata)?.annotations);
  if (annotations === undefined || !Object.hasOwn(annotations, copyOfObject)) return {};
  return { metadata: { ...asMap(metadata), annotations: { ...annotations, ...concealed(annotations, copyOfObject) } } };
}

export function isConcealed(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(mark);
}

/** Of a field that holds nothing but concealed values: their keys. */
export function concealedKeys(value: unknown): string[] | undefined {
  const map = asMap(value);
  if (map === undefined || Object.keys(map).length === 0) return undefined;
  return Object.values(map).every(isConcealed) ? Object.keys(map) : undefined;
}

/** A value as it may be shown, whatever is in it. */
export function showable(value: unknown): unknown {
  if (isConcealed(value)) return '(not shown)';
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(showable);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, showable(child)]));
}
