import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';

/** Keys of a Secret that are read; all of them where none is named. */
export interface SecretReads {
  readonly secret: string;
  readonly keys: readonly string[] | 'all';
}

export interface SecretReader extends SecretReads {
  readonly object: string;
}

/** Everything that names a Secret in a way that Kubernetes knows. */
export function secretReaders(objects: readonly DesiredObject[]): SecretReader[] {
  return objects.flatMap((object) =>
    secretReads(object.plain).map(({ secret, keys }) => ({ object: `${object.kind}/${object.name}`, secret, keys })),
  );
}

/** The same below a part of an object. */
export function secretReads(node: unknown): SecretReads[] {
  if (Array.isArray(node)) return node.flatMap(secretReads);
  const map = asMap(node);
  if (map === undefined) return [];
  return [...ownReads(map), ...Object.values(map).flatMap(secretReads)];
}

function ownReads(map: PlainObject): SecretReads[] {
  const found: SecretReads[] = [];
  const add = (secret: unknown, keys: SecretReads['keys']) => {
    if (typeof secret === 'string') found.push({ secret, keys });
  };
  const one = asMap(map.secretKeyRef);
  if (one !== undefined) add(one.name, [String(one.key)]);
  add(asMap(map.secretRef)?.name, 'all');
  add(map.secretName, itemKeys(map));
  for (const { name } of asList(map.imagePullSecrets)) add(name, 'all');
  const projected = asMap(map.secret);
  if (projected?.name !== undefined) add(projected.name, itemKeys(projected));
  return found;
}

function itemKeys({ items }: PlainObject): SecretReads['keys'] {
  return Array.isArray(items) ? asList(items).map(({ key }) => String(key)) : 'all';
}
