import * as z from 'zod';
import { Failure } from '../store/fail.ts';
import type { ClusterApi } from './cluster-api.ts';

/** A kind as the API server serves it. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** As paths name it: `deployments`. */
  readonly resource: string;
  readonly namespaced: boolean;
}

export interface Discovery {
  /** By `apiVersion kind`. */
  readonly kinds: ReadonlyMap<string, ServedKind>;
  /** Groups whose server does not answer: what they serve is not known. */
  readonly stale: readonly string[];
}

const resource = z.object({
  resource: z.string(),
  scope: z.enum(['Namespaced', 'Cluster']),
  responseKind: z.object({ kind: z.string() }).nullish(),
  verbs: z.array(z.string()).nullish(),
});
const groups = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string().nullish() }).nullish(),
      versions: z.array(
        z.object({ version: z.string(), resources: z.array(resource).nullish(), freshness: z.string().nullish() }),
      ),
    }),
  ),
});

const list = 'as=APIGroupDiscoveryList';
const aggregated = ['v2', 'v2beta1'].map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};${list}`).join(',');

export function kindId(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}

/** Every kind of a cluster in two requests: groups tell all of their versions at once since Kubernetes 1.27. */
export async function discoverKinds(api: ClusterApi): Promise<Discovery> {
  const kinds = new Map<string, ServedKind>();
  const stale: string[] = [];
  for (const path of ['/api', '/apis']) {
    const { status, body } = await api.request({ method: 'GET', path, accept: aggregated });
    if (status === 401)
      throw new Failure(`${api.server} does not accept the account of the kubeconfig`, 'has its token run out?');
    if (status === 403) throw new Failure(`${api.server} does not let this account ask which kinds there are`);
    const { data } = groups.safeParse(status === 200 ? body : undefined);
    if (data === undefined)
      throw new Failure(`${api.server} answered ${status} to ${path}, and not with the kinds that it serves`);
    for (const { metadata, versions } of data.items) {
      const group = metadata?.name ?? '';
      for (const { version, resources, freshness } of versions) {
        const apiVersion = group === '' ? version : `${group}/${version}`;
        if (freshness === 'Stale') stale.push(apiVersion);
        for (const { resource: name, scope, responseKind, verbs } of resources ?? []) {
          if (responseKind == null || verbs?.includes('list') !== true) continue;
          const { kind } = responseKind;
          kinds.set(kindId(apiVersion, kind), { apiVersion, kind, resource: name, namespaced: scope === 'Namespaced' });
        }
      }
    }
  }
  return { kinds, stale };
}

/** Where a kind is asked for: over all namespaces where none is given. */
export function pathOf({ apiVersion, resource: name, namespaced }: ServedKind, namespace?: string, object?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const inNamespace = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${inNamespace}/${name}${object === undefined ? '' : `/${encodeURIComponent(object)}`}`;
}
