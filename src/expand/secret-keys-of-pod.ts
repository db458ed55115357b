import type { PlainObject } from '../model/desired-object.ts';
import { asList, asMap, containersOf } from '../model/pod-specs.ts';

/** Keys of a Secret that a pod reads; all of them where it names none. */
export interface SecretKeys {
  readonly secret: string;
  readonly keys: readonly string[] | 'all';
}

export function secretKeysOf(podSpec: PlainObject): SecretKeys[] {
  const variables = containersOf(podSpec).flatMap((container) => [
    ...asList(container.env).map((variable) => asMap(asMap(variable.valueFrom)?.secretKeyRef)),
    ...asList(container.envFrom).map((source) => asMap(source.secretRef)),
  ]);
  const volumes = asList(podSpec.volumes).flatMap((volume) => [
    asMap(volume.secret),
    ...asList(asMap(volume.projected)?.sources).map((source) => asMap(source.secret)),
  ]);
  return [...variables, ...volumes].flatMap((source) => {
    const secret = source?.secretName ?? source?.name;
    return typeof secret === 'string' ? [{ secret, keys: keysOf(source as PlainObject) }] : [];
  });
}

function keysOf({ key, items }: PlainObject): SecretKeys['keys'] {
  if (typeof key === 'string') return [key];
  return Array.isArray(items) ? asList(items).map((item) => String(item.key)) : 'all';
}
