import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { throwawayText } from '../../sealing/throwaway.ts';
import type { Any, Kube } from './kube.ts';
import { waitUntil } from './wait-until.ts';

export interface MetricsApi {
  /** What each pod is said to use from now on, as parts of what it requests; 0.3 in the beginning. */
  use(part: number): void;
  stop(): Promise<void>;
}

/**
 * Stands for the metrics server, which asks kubelets, and there are none: it answers what the API server passes on to
 * it, so that the real autoscaler works. Pods use the same part of what they request, whatever they are.
 */
export async function startMetricsApi(kube: Kube): Promise<MetricsApi> {
  let part = 0.3;
  const server = createServer({ key: throwawayText('valid.key'), cert: throwawayText('valid.pem') }, (request, response) => {
    answer(kube, request.url ?? '', part).then(
      (body) => {
        response
          .writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
          .end(JSON.stringify(body ?? {}));
      },
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // The API server reaches what is outside of the cluster by name only.
  const service = { name: 'metrics-server', namespace: 'kube-system' };
  await kube.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: service,
    spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
  });
  await kube.create({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.metrics.k8s.io' },
    spec: {
      ...{ group: 'metrics.k8s.io', version: 'v1beta1', groupPriorityMinimum: 100, versionPriority: 100 },
      ...{ service: { ...service, port }, insecureSkipTLSVerify: true },
    },
  });
  await waitUntil('the metrics API', async () => (await kube.request('GET', '/apis/metrics.k8s.io/v1beta1')).status === 200);
  return {
    use(next) {
      part = next;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(kube: Kube, url: string, part: number): Promise<Any> {
  const { pathname, searchParams } = new URL(url, 'https://localhost');
  const root = '/apis/metrics.k8s.io/v1beta1';
  if (pathname === root)
    return {
      ...{ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: 'metrics.k8s.io/v1beta1' },
      resources: [{ name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] }],
    };
  const namespace = new RegExp(`^${root}/namespaces/([^/]+)/pods$`).exec(pathname)?.[1];
  if (namespace === undefined) return undefined;
  const selector = encodeURIComponent(searchParams.get('labelSelector') ?? '');
  const { items } = await kube.ask('GET', `/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`);
  const timestamp = new Date().toISOString();
  return {
    ...{ kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {} },
    items: items.map((pod: Any) => ({
      metadata: { name: pod.metadata.name, namespace, labels: pod.metadata.labels },
      ...{ timestamp, window: '15s' },
      containers: pod.spec.containers.map(({ name, resources }: Any) => ({ name, usage: usageOf(resources?.requests, part) })),
    })),
  };
}

function usageOf({ cpu = '100m', memory = '128Mi' }: Any = {}, part: number): Any {
  const cores = cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu);
  const [, amount, unit] = /^([0-9.]+)(.*)$/.exec(memory) as RegExpExecArray;
  return { cpu: `${Math.round(cores * part * 1000)}m`, memory: `${Math.max(1, Math.round(Number(amount) * part))}${unit}` };
}
