import { type DesiredObject, objectId } from '../model/desired-object.ts';
import { childOf, itemsOf, type Tracked, type TrackedMap, untrack } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import { asDesired } from './expansion.ts';

/** Ingresses to which several components gave the same name are one, with the rules and hosts of all of them. */
export function shareIngresses(objects: readonly DesiredObject[]): DesiredObject[] {
  const shared = new Map<string, DesiredObject>();
  for (const object of objects) {
    if (object.kind !== 'Ingress') continue;
    const other = shared.get(object.name);
    shared.set(object.name, other === undefined ? object : join(other, object));
  }
  const first = new Set<string>();
  return objects.flatMap((object) => {
    if (object.kind !== 'Ingress') return [object];
    if (first.has(objectId(object))) return [];
    first.add(objectId(object));
    return [shared.get(object.name) as DesiredObject];
  });
}

function join(one: DesiredObject, other: DesiredObject): DesiredObject {
  const { name, apiVersion, kind } = one;
  const [metadata, otherMetadata] = [one, other].map(({ tree }) => mapOf(childOf(tree, 'metadata'))) as [TrackedMap, TrackedMap];
  const [spec, otherSpec] = [one, other].map(({ tree }) => mapOf(childOf(tree, 'spec'))) as [TrackedMap, TrackedMap];
  const tls = joinTls([...itemsOf(listOf(spec.tls)), ...itemsOf(listOf(otherSpec.tls))]);
  const annotations = { ...mapOf(metadata.annotations), ...mapOf(otherMetadata.annotations) };
  const at = (value: unknown) => ({ value, origin: one.tree.origin }) as Tracked;
  const joined = at({
    ...mapOf(one.tree),
    metadata: at({ ...metadata, labels: at(commonTo(metadata.labels, otherMetadata.labels)), annotations: at(annotations) }),
    spec: at({
      ...spec,
      ...(tls.length === 0 ? {} : { tls: at(tls) }),
      rules: at([...itemsOf(listOf(spec.rules)), ...itemsOf(listOf(otherSpec.rules))]),
    }),
  });
  return asDesired({ apiVersion, kind, name, topic: 'ingress' }, joined);
}

/** One entry for each secret: one certificate holds all of its hosts. */
function joinTls(entries: readonly Tracked[]): Tracked[] {
  const bySecret = new Map<unknown, Tracked>();
  for (const entry of entries) {
    const secret = childOf(entry, 'secretName')?.value;
    const known = bySecret.get(secret);
    const named = [known, entry].flatMap((one) => itemsOf(listOf(childOf(one, 'hosts'))));
    const hosts = [...new Map(named.map((host) => [host.value, host])).values()];
    bySecret.set(secret, { value: { ...mapOf(entry), hosts: { value: hosts, origin: entry.origin } }, origin: entry.origin });
  }
  return [...bySecret.values()];
}

/** What the object says of a single component does not hold for all of them. */
function commonTo(labels: Tracked | undefined, others: Tracked | undefined): TrackedMap {
  const theirs = mapOf(others);
  return Object.fromEntries(
    Object.entries(mapOf(labels)).filter(([key, label]) => {
      const other = theirs[key];
      return other !== undefined && untrack(other) === untrack(label);
    }),
  );
}

function listOf(tree: Tracked | undefined): Tracked<unknown[]> | undefined {
  return tree as Tracked<unknown[]> | undefined;
}
