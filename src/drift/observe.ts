import type { ClusterApi } from '../cluster/cluster-api.ts';
import { discoverKinds, kindId, type ServedKind } from '../cluster/discover-kinds.ts';
import { listObjects, orRefused, type Refused } from '../cluster/list-objects.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { type ClusterQuestion, keyOf, nameOf } from './declared.ts';
import type { ObjectName, Unseen } from './difference.ts';
import { kindsInTheDark, kindsToLookFor } from './kinds-to-look-for.ts';

/** What of a cluster could be seen. */
export interface Observation {
  /** By `keyOf`. Secrets, and kinds that nothing declares, without their content. */
  readonly live: ReadonlyMap<string, PlainObject>;
  readonly kinds: ReadonlyMap<string, ServedKind>;
  /** Whether an object that is not among these is really not there. */
  readonly sees: (object: ObjectName) => boolean;
  readonly unseen: readonly Unseen[];
  readonly lists: number;
}

const rightsHint = { hint: 'docs/drift-scheduled.md lists the rights that drift needs' };

/** Where objects of a kind are asked for: everywhere at once, or in namespaces. */
interface Look {
  readonly kind: ServedKind;
  readonly metadataOnly: boolean;
  readonly namespaces: readonly string[] | 'all';
}

/** One list for each kind; where an account may not list over all namespaces, one for each that the fleet manages. */
export async function observe(question: ClusterQuestion, api: ClusterApi): Promise<Observation> {
  const { cluster, declared, namespaces } = question;
  const discovery = await discoverKinds(api);
  const { kinds } = discovery;
  const unseen: Unseen[] = [];
  const blind = new Set<string>();
  const live = new Map<string, PlainObject>();
  let lists = 0;

  const missing = new Map<string, number>();
  const wanted = new Set<string>();
  for (const { object } of declared) {
    const id = kindId(String(object.apiVersion), String(object.kind));
    if (kinds.has(id)) wanted.add(id);
    else missing.set(id, (missing.get(id) ?? 0) + 1);
  }
  for (const [id, count] of missing) {
    const [apiVersion = '', kind] = id.split(' ');
    blind.add(id);
    const silent = whySilent(apiVersion);
    const why = silent?.why ?? `the cluster does not serve ${kind} of ${apiVersion}`;
    const hint = silent?.hint ?? 'is its definition installed there?';
    unseen.push({ cluster, what: `${count} declared ${kind}${count === 1 ? '' : 's'}`, why, hint });
  }
  if (namespaces.size > 0)
    for (const [apiVersion, dark] of kindsInTheDark(discovery)) {
      for (const kind of dark) blind.add(kindId(apiVersion, kind));
      const { why, hint } = whySilent(apiVersion) ?? {
        why: `the cluster does not say that it serves ${apiVersion}`,
        hint: '`kubectl api-versions` lists what it serves',
      };
      unseen.push({ cluster, what: `whatever there is of ${dark.join(', ')}`, why, hint });
    }

  const looks: Look[] = [...wanted].map((id) => lookAt(kinds.get(id) as ServedKind, false));
  // Where no namespace is managed nothing is foreign.
  if (namespaces.size > 0) for (const kind of kindsToLookFor(kinds, wanted)) looks.push(lookAt(kind, true));
  await Promise.all(looks.map(take));
  return {
    live,
    kinds,
    unseen,
    lists,
    sees: ({ apiVersion, kind, namespace }) => {
      const id = kindId(apiVersion, kind);
      return !blind.has(id) && !blind.has(`${id} ${namespace ?? ''}`);
    },
  };

  function whySilent(apiVersion: string): { readonly why: string; readonly hint: string } | undefined {
    if (!discovery.stale.includes(apiVersion)) return undefined;
    return {
      why: `what serves ${apiVersion} does not answer`,
      hint: '`kubectl get apiservices` shows who serves it, and why not',
    };
  }

  function lookAt(kind: ServedKind, metadataOnly: boolean): Look {
    // Values of Secrets are nobody's business here, and an account that may list all of them is too mighty.
    const secret = kind.apiVersion === 'v1' && kind.kind === 'Secret';
    return {
      kind,
      metadataOnly: metadataOnly || secret,
      namespaces: secret ? namespacesOf(question, ['v1 Secret', 'bitnami.com/v1alpha1 SealedSecret']) : 'all',
    };
  }

  async function take({ kind, metadataOnly, namespaces: where }: Look): Promise<void> {
    const id = kindId(kind.apiVersion, kind.kind);
    const refusals: (Refused & { readonly namespace: string })[] = [];
    const list = async (namespace?: string): Promise<Refused | undefined> => {
      lists += 1;
      const request = { kind, metadataOnly, ...(namespace !== undefined && { namespace }) };
      const listed = await orRefused(listObjects(api, request));
      if (!('objects' in listed)) return listed;
      for (const object of listed.objects) live.set(keyOf(nameOf(object)), object);
      return undefined;
    };
    const everywhere = where === 'all' ? await list() : undefined;
    if (where === 'all' && everywhere === undefined) return;
    const apart = kind.namespaced && everywhere?.status !== 401 && (everywhere === undefined || everywhere.status === 403);
    if (!apart) {
      blind.add(id);
      const { status, why } = everywhere as Refused;
      unseen.push({ cluster, what: kind.resource, why, ...(status === 403 && rightsHint) });
      return;
    }
    await Promise.all(
      (where === 'all' ? namespacesOf(question, [id]) : where).map(async (namespace) => {
        const refused = await list(namespace);
        if (refused !== undefined) refusals.push({ ...refused, namespace });
      }),
    );
    for (const { namespace } of refusals) blind.add(`${id} ${namespace}`);
    const [first] = refusals;
    if (first === undefined) return;
    const names = refusals.map(({ namespace }) => namespace).sort();
    unseen.push({
      cluster,
      what: `${kind.resource} in ${names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more namespaces` : names.join(', ')}`,
      why: first.why,
      ...(first.status === 403 && rightsHint),
    });
  }
}

/** Managed ones, and those in which something of the kinds is declared. */
function namespacesOf({ declared, namespaces }: ClusterQuestion, ids: readonly string[]): string[] {
  const names = declared.map(({ object }) => nameOf(object));
  const own = names.filter(({ apiVersion, kind }) => ids.includes(kindId(apiVersion, kind)));
  return [...new Set([...namespaces, ...own.flatMap(({ namespace }) => (namespace === null ? [] : [namespace]))])];
}
