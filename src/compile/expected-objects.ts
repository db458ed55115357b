import { hash } from 'node:crypto';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';

/** What a build must give: each object's identity with a digest of all it says. */
export type ExpectedObjects = ReadonlyMap<string, string>;

export function expectedObjects(objects: readonly PlainObject[]): Map<string, string> {
  return new Map(objects.map((object) => [identityOf(object), objectDigest(object)]));
}

export function identityOf(object: PlainObject): string {
  const metadata = asMap(object.metadata);
  return `${String(object.apiVersion)} ${String(object.kind)} ${String(metadata?.namespace ?? '')}/${String(metadata?.name)}`;
}

export function objectDigest(object: PlainObject): string {
  return hash('sha256', canonicalJson(object), 'base64');
}

/** JSON with sorted keys: the same for the same object, however it was built. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const keys = Object.keys(value).sort(compareText);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson((value as PlainObject)[key])}`).join(',')}}`;
}
