import type { IncomingMessage, ServerResponse } from 'node:http';

/** A cluster as its API server tells of it, for `startApiServer`. */
export interface LiveCluster {
  version: { major: string; minor: string };
  storageClasses: object[];
  ingressClasses: object[];
  runtimeClasses: object[];
  nodes: object[];
  /** group/version/Kind; groups in the order of the first that names them. */
  kinds: string[];
  /** The status of the condition Available; undefined where there is no such APIService. */
  metricsServer: string | undefined;
  /** What the controller gives out; undefined where there is none. */
  certificate: string | undefined;
  /** Paths that begin like this are answered with a status, or with a body in place of theirs. */
  faults: Record<string, number | string>;
}

const builtIn = ['apps/v1/Deployment', 'networking.k8s.io/v1/Ingress'];
const proxied = '/api/v1/namespaces/kube-system/services/http:sealed-secrets-controller:/proxy/v1/cert.pem';

export function liveCluster(facts: Partial<LiveCluster> = {}): LiveCluster {
  return {
    version: { major: '1', minor: '35' },
    storageClasses: [],
    ingressClasses: [],
    runtimeClasses: [],
    nodes: [node({ allocatable: { cpu: '4', memory: '8Gi' } })],
    kinds: [],
    metricsServer: undefined,
    certificate: undefined,
    faults: {},
    ...facts,
  };
}

export interface NodeFacts {
  readonly allocatable: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly unschedulable?: boolean;
  readonly taints?: readonly { readonly key: string; readonly effect: string }[];
}

export function node({ allocatable, labels = {}, unschedulable, taints }: NodeFacts): object {
  return { metadata: { name: 'n', labels }, spec: { unschedulable, taints }, status: { allocatable } };
}

export function storageClass(name: string, annotations: Readonly<Record<string, string>> = {}, created = '2026-01-01T00:00:00Z') {
  return { metadata: { name, annotations, creationTimestamp: created } };
}

export const isDefaultStorage = { 'storageclass.kubernetes.io/is-default-class': 'true' };
export const isDefaultIngress = { 'ingressclass.kubernetes.io/is-default-class': 'true' };

/** Lists come in pages of two, however many were asked for. */
export function answerAs(cluster: LiveCluster) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'https://cluster');
    const fault = Object.entries(cluster.faults).find(([path]) => url.pathname.startsWith(path))?.[1];
    if (typeof fault === 'number') response.writeHead(fault).end('{}');
    else if (typeof fault === 'string') response.writeHead(200).end(fault);
    else if (url.pathname === proxied) response.writeHead(cluster.certificate === undefined ? 404 : 200).end(cluster.certificate);
    else {
      const body = bodyAt(url, cluster);
      response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? {}));
    }
  };
}

function bodyAt(url: URL, cluster: LiveCluster): object | undefined {
  const lists: Readonly<Record<string, readonly object[]>> = {
    '/apis/storage.k8s.io/v1/storageclasses': cluster.storageClasses,
    '/apis/networking.k8s.io/v1/ingressclasses': cluster.ingressClasses,
    '/apis/node.k8s.io/v1/runtimeclasses': cluster.runtimeClasses,
    '/api/v1/nodes': cluster.nodes,
  };
  const items = lists[url.pathname];
  if (items !== undefined) return page(items, Number(url.searchParams.get('continue') ?? 0));
  if (url.pathname === '/version') return cluster.version;
  if (url.pathname === '/api') return discovery([]);
  if (url.pathname === '/apis') return discovery([...builtIn, ...cluster.kinds]);
  if (url.pathname.endsWith('/apiservices/v1beta1.metrics.k8s.io') && cluster.metricsServer !== undefined)
    return { status: { conditions: [{ type: 'Available', status: cluster.metricsServer }] } };
  return undefined;
}

function page(items: readonly object[], from: number): object {
  const next = from + 2;
  return { metadata: next < items.length ? { continue: String(next) } : {}, items: items.slice(from, next) };
}

function discovery(kinds: readonly string[]): object {
  const groups = [...new Set(kinds.map((id) => id.split('/')[0]))];
  const versionsOf = (group: string | undefined) => [
    ...new Set(kinds.filter((id) => id.startsWith(`${group}/`)).map((id) => id.split('/')[1])),
  ];
  const resourcesOf = (group: string | undefined, version: string | undefined) =>
    kinds
      .filter((id) => id.startsWith(`${group}/${version}/`))
      .map((id) => id.split('/')[2] ?? '')
      .map((kind) => ({
        resource: `${kind.toLowerCase()}s`,
        scope: 'Namespaced',
        verbs: ['list'],
        responseKind: { group, version, kind },
      }));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    items: groups.map((name) => ({
      metadata: { name },
      versions: versionsOf(name).map((version) => ({ version, resources: resourcesOf(name, version) })),
    })),
  };
}
