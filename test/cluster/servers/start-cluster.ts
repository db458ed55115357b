import { join } from 'node:path';
import { startApiServer } from './api-server.ts';
import { startArgoCd } from './argocd.ts';
import { classes } from './classes.ts';
import { type ClusterFacts, referenceFacts } from './cluster-facts.ts';
import { startControllers } from './controllers.ts';
import { define } from './definitions.ts';
import { startEtcd } from './etcd.ts';
import type { Installed } from './installed.ts';
import type { Kube } from './kube.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { kubectl } from './kubectl.ts';
import { startKwok } from './kwok.ts';
import { type MetricsApi, startMetricsApi } from './metrics-api.ts';
import { nodes } from './nodes.ts';
import { openPremises, type Premises } from './premises.ts';
import { startSealedSecrets } from './sealed-secrets.ts';
import { startStandIns } from './stand-ins.ts';
import { tokenFor } from './token-for.ts';
import { waitUntil } from './wait-until.ts';

/** A server that takes objects and does nothing with them. */
export interface Api extends Pick<Premises, 'folder' | 'processes' | 'stop'> {
  /** As an administrator. */
  readonly kube: Kube;
  /** The administrator's, with one context, `test`. */
  readonly kubeconfig: string;
  /** As the administrator with the real kubectl, such as `kubectl('scale', …)`. */
  kubectl(...words: string[]): Promise<string>;
  /** A token of a service account, which is made where it is missing. */
  tokenFor(namespace: string, account: string): Promise<string>;
}

/** What lives as well: workloads lead to pods, sealed secrets are opened. */
export interface Cluster extends Api {
  /** Where the cluster has metrics: what pods are said to use. */
  readonly metrics?: MetricsApi;
}

interface ClusterOptions {
  /** The cluster of the reference fleet that it is like, and whose sealed secrets it opens. */
  readonly like: string;
  readonly argocd: boolean;
}

/** An API server alone, of the newest or the oldest Kubernetes that manifests are held against. */
export function startApi(installed: Installed, kubernetes: 'newest' | 'oldest', facts: ClusterFacts): Promise<Api> {
  const premises = openPremises(installed);
  return orStop(premises, () => openApi(premises, kubernetes, facts));
}

/** A whole cluster, with Argo CD in it or without. */
export function startCluster(installed: Installed, { like, argocd }: ClusterOptions): Promise<Cluster> {
  const premises = openPremises(installed);
  const facts = referenceFacts(like);
  return orStop(premises, async () => {
    const api = await openApi(premises, 'newest', facts);
    const { kube, kubeconfig } = api;
    for (const object of [...classes(facts), ...nodes(facts)]) await kube.create(object);
    await startControllers(premises, kube, kubeconfig);
    startKwok(premises, kubeconfig);
    const standIns = startStandIns(kube, facts);
    premises.onStop(() => standIns.stop());
    const metrics = facts.metricsServer === true ? await startMetricsApi(kube) : undefined;
    if (metrics !== undefined) premises.onStop(() => metrics.stop());
    await startSealedSecrets(premises, kube, { kubeconfig, keysOf: like });
    if (argocd) await startArgoCd(premises, kube);
    await waitUntil('the readiness of the nodes', async () => {
      const all = await kube.list('v1', 'Node');
      return all.every(({ status }) =>
        status.conditions?.some((one: { type: string; status: string }) => one.type === 'Ready' && one.status === 'True'),
      );
    });
    return { ...api, ...(metrics && { metrics }) };
  });
}

async function openApi(premises: Premises, kubernetes: 'newest' | 'oldest', facts: ClusterFacts): Promise<Api> {
  const kube = await startApiServer(premises, { etcd: await startEtcd(premises), kubernetes });
  await define(kube, premises.installed, facts);
  const kubeconfig = writeKubeconfig(join(premises.folder, 'admin.kubeconfig'), kube.access);
  const { folder, processes, stop } = premises;
  return {
    ...{ kube, kubeconfig, folder, processes, stop },
    kubectl: (...words) => kubectl(kubeconfig, words),
    tokenFor: (namespace, account) => tokenFor(kube, namespace, account),
  };
}

async function orStop<Started>(premises: Premises, start: () => Promise<Started>): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    throw new Error(`${(error as Error).message}\nthe logs are in ${await premises.stop('start')}`);
  }
}
