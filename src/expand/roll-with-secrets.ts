import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { digestOf } from '../model/digest.ts';
import { convention } from '../model/origin.ts';
import { asMap, podSpecOf } from '../model/pod-specs.ts';
import { isTrackedMap, type Tracked, trackAll, untrack } from '../model/tracked.ts';
import type { ResolvedSecret, ResolvedSystem } from '../resolve/resolved.ts';
import { sealedValues } from '../resolve/sealed-values.ts';
import { secretReads } from '../sealing/secret-readers.ts';

/** A Job must not run again because a password changed, and a CronJob starts new pods anyway. */
const rolling = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

const because = convention('a new value of a secret that these pods read starts them anew');

/** Pod templates say which values of secrets they were written for: variables of a running pod do not change. */
export function rollWithSecrets(objects: readonly DesiredObject[], system: ResolvedSystem): DesiredObject[] {
  const versions = new Map([...system.secrets].map(([name, secret]) => [secret.name, versionsOf(name, secret)]));
  if ([...versions.values()].every((keys) => keys.size === 0) || system.cluster.externalSecrets !== undefined)
    return [...objects];
  return objects.map((object) => {
    const podSpec = rolling.has(object.kind) ? podSpecOf(object.plain) : undefined;
    const digest = podSpec === undefined ? undefined : digestOfReads(podSpec, versions);
    return digest === undefined ? object : annotated(object, digest);
  });
}

type Versions = ReadonlyMap<string, string>;

/** For each sealed key what changes with its value: not the ciphertext where the value itself is recognized. */
function versionsOf(name: string, { sealed, declaration }: ResolvedSecret): Versions {
  if (sealed === undefined) return new Map();
  const { values, record } = sealedValues(sealed);
  const declared = Object.keys(declaration.value.keys.value);
  return new Map(
    Object.entries(values)
      .filter(([key, { value }]) => declared.includes(key) && typeof value === 'string')
      .map(([key, { value }]) => {
        const { since, mac } = record.get(key) ?? {};
        const version = since === undefined || mac === undefined ? (value as string) : `${since} ${mac}`;
        return [key, digestOf(`${name}/${key}`, version)];
      }),
  );
}

function digestOfReads(podSpec: PlainObject, versions: ReadonlyMap<string, Versions>): string | undefined {
  // The login of a registry is for starting pods: those that run have no use for a new one.
  const read = secretReads({ ...podSpec, imagePullSecrets: undefined }).flatMap(({ secret, keys }) => {
    const known = versions.get(secret) ?? new Map<string, string>();
    return [...known].flatMap(([key, version]) => (keys === 'all' || keys.includes(key) ? [version] : []));
  });
  return read.length === 0 ? undefined : digestOf(...[...new Set(read)].sort(compareText)).slice(0, 16);
}

function annotated(object: DesiredObject, digest: string): DesiredObject {
  const annotation = trackAll({ 'stowage.dev/secrets': { value: digest, origin: because } }, because);
  const tree = withAt(object.tree, ['spec', 'template', 'metadata', 'annotations'], annotation);
  return { ...object, tree, plain: untrack(tree) as PlainObject };
}

/** The tree with the fields of a map added to those at a path. */
function withAt(tree: Tracked | undefined, [key, ...rest]: readonly string[], added: Tracked): Tracked {
  const fields = isTrackedMap(tree) ? tree.value : {};
  const origin = tree?.origin ?? because;
  if (key === undefined) return { value: { ...fields, ...(asMap(added.value) ?? {}) }, origin };
  return { value: { ...fields, [key]: withAt(fields[key], rest, added) }, origin };
}
