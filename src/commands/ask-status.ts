import pLimit from 'p-limit';
import { askApplicationObject } from '../cluster/ask-application-object.ts';
import { askArgocdServer } from '../cluster/ask-argocd-server.ts';
import type { AskedApplication } from '../cluster/asked-application.ts';
import { loadKubeConfig } from '../cluster/kube-config.ts';
import { applicationName } from '../model/argocd-names.ts';
import type { AskStatus, DeploymentStatus, UnknownStatus } from '../promote/deployment-status.ts';
import { statusOfApplication } from '../promote/read-application.ts';
import { type StatusFile, statusInFiles } from '../promote/read-status-file.ts';

export interface StatusSources {
  /** `argocd` of each cluster.yaml that has it. */
  readonly clusters: ReadonlyMap<string, { readonly server?: string | undefined; readonly context?: string | undefined }>;
  readonly clusterOf: (environment: string) => string | undefined;
  readonly argocdNamespace: string;
  /** They go before asking: who names one means it. */
  readonly statusFiles: readonly StatusFile[];
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly now: Date;
}

const requestsAtOnce = 8;

/** How Argo CD is asked in one run: about each Application once, however many gates want to know. */
export function askStatusOf(sources: StatusSources): AskStatus {
  const { clusters, clusterOf, argocdNamespace: namespace, statusFiles, environment, signal, now } = sources;
  const limit = pLimit(requestsAtOnce);
  const load = remember(loadKubeConfig);
  const ask = (cluster: string, name: string): Promise<AskedApplication> | undefined => {
    const { server, context } = clusters.get(cluster) ?? {};
    const application = { namespace, name };
    if (server !== undefined) return limit(() => askArgocdServer({ server, cluster, environment, signal }, application));
    if (context !== undefined) return limit(() => askApplicationObject(load(context), application, signal));
    return undefined;
  };
  const known = new Map<string, ReturnType<AskStatus>>();
  return (inEnvironment, system) => {
    const name = applicationName(inEnvironment, system);
    const cluster = clusterOf(inEnvironment);
    const key = JSON.stringify([cluster, name]);
    const asked = known.get(key) ?? statusOf(name, cluster);
    known.set(key, asked);
    return asked;
  };

  async function statusOf(name: string, cluster: string | undefined): Promise<DeploymentStatus | UnknownStatus | undefined> {
    const filed = statusInFiles(statusFiles, { name, namespace, now });
    if (filed !== undefined) return filed;
    const asked = cluster === undefined ? undefined : await ask(cluster, name);
    if (asked !== undefined) return readAsked(asked, name);
    if (statusFiles.length === 0) return undefined;
    return { unknown: `${name} is not in ${statusFiles.map(({ path }) => path).join(', ')}` };
  }
}

function readAsked(asked: AskedApplication, name: string): DeploymentStatus | UnknownStatus {
  if ('unknown' in asked) return asked;
  const status = statusOfApplication(asked.object);
  if ('unknown' in status || status.application === name) return status;
  return { unknown: `who was asked for the Application ${name} gave ${status.application}` };
}

/** A context of the kubeconfig may start a program that logs in: once is enough. */
function remember<Result>(load: (name: string) => Promise<Result>): (name: string) => Promise<Result> {
  const known = new Map<string, Promise<Result>>();
  return (name) => {
    const loaded = known.get(name) ?? load(name);
    known.set(name, loaded);
    return loaded;
  };
}
