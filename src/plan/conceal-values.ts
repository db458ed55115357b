import type { PlainObject } from '../model/desired-object.ts';
import { digestOf } from '../model/digest.ts';
import { asMap } from '../model/pod-specs.ts';

/**
 * The object with digests in place of secret values and of ciphertext, from which nothing can be read and which
 * still tell whether one changed. They begin with a character that no Kubernetes text can hold.
 */
export function concealValues(object: PlainObject): PlainObject {
  if (object.kind === 'Secret' && object.apiVersion === 'v1')
    return { ...object, ...concealedMap(object, 'data'), ...concealedMap(object, 'stringData') };
  const spec = object.kind === 'SealedSecret' ? asMap(object.spec) : undefined;
  return spec === undefined ? object : { ...object, spec: { ...spec, ...concealedMap(spec, 'encryptedData') } };
}

const mark = '\0';

function concealedMap(owner: PlainObject, field: string): PlainObject {
  const map = asMap(owner[field]);
  if (map === undefined) return {};
  const entries = Object.entries(map).map(([key, value]) => [key, `${mark}${digestOf(JSON.stringify(value) ?? '')}`]);
  return { [field]: Object.fromEntries(entries) };
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
