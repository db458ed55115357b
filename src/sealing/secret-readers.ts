import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';

/** An object that reads a Secret: some of its keys, or all of them. */
export interface SecretReader {
  readonly object: string;
  readonly secret: string;
  readonly keys: readonly string[] | 'all';
}

/** Everything that names a Secret in a way that Kubernetes knows. */
export function secretReaders(objects: readonly DesiredObject[]): SecretReader[] {
  return objects.flatMap((object) =>
    reads(object.plain).map(({ secret, keys }) => ({ object: `${object.kind}/${object.name}`, secret, keys })),
  );
}

type Read = Omit<SecretReader, 'object'>;

function reads(node: unknown): Read[] {
  if (Array.isArray(node)) return node.flatMap(reads);
  const map = asMap(node);
  if (map === undefined) return [];
  return [...ownReads(map), ...Object.values(map).flatMap(reads)];
}

function ownReads(map: PlainObject): Read[] {
  const found: Read[] = [];
  const add = (secret: unknown, keys: Read['keys']) => {
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

function itemKeys({ items }: PlainObject): Read['keys'] {
  return Array.isArray(items) ? asList(items).map(({ key }) => String(key)) : 'all';
}
