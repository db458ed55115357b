import { applicationName } from '../model/argocd-names.ts';
import { overlayFolder } from '../model/output-paths.ts';
import type { SystemFacts, Workload } from '../model/system-facts.ts';
import { type EnvironmentFacts, identified, inRepository, type Repository } from './deployment-facts.ts';

/** The Application of one system in one environment. */
export function application(
  environment: EnvironmentFacts,
  facts: SystemFacts,
  wave: number,
  repository: Repository,
): Record<string, unknown> {
  const { stage } = environment;
  const isProtected = stage.protected === true;
  const annotations = {
    // Argo CD renders again only when something under these folders changed.
    'argocd.argoproj.io/manifest-generate-paths': facts.folders.map((folder) => `/${inRepository(repository, folder)}`).join(';'),
    ...(wave === 0 ? {} : { 'argocd.argoproj.io/sync-wave': String(wave) }),
  };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: applicationName(environment.name, facts.system),
      namespace: repository.argocdNamespace,
      labels: { 'stowage.dev/environment': environment.name, 'stowage.dev/system': facts.system },
      annotations,
      // In a protected stage the end of an Application must not be the end of its workloads.
      ...(isProtected ? {} : { finalizers: ['resources-finalizer.argocd.argoproj.io'] }),
    },
    spec: {
      project: environment.name,
      source: {
        repoURL: repository.url,
        targetRevision: `refs/heads/${repository.branch}`,
        path: inRepository(repository, overlayFolder(environment.name, facts.system)),
      },
      destination: { ...destinationOf(environment), namespace: facts.namespace },
      syncPolicy: {
        ...(stage.sync === 'manual'
          ? {}
          : { automated: { prune: stage.prune ?? !isProtected, selfHeal: stage.selfHeal ?? true } }),
        syncOptions: [
          'ServerSideApply=true',
          'FailOnSharedResource=true',
          'RespectIgnoreDifferences=true',
          'PruneLast=true',
          'PrunePropagationPolicy=foreground',
          ...(hasJobs(facts) ? ['ApplyOutOfSyncOnly=true'] : []),
        ],
        retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
      },
      ...(facts.autoscaled.length === 0 ? {} : { ignoreDifferences: facts.autoscaled.map(ignoreReplicas) }),
      revisionHistoryLimit: 10,
    },
  };
}

/** Argo CD replaces a Job in every sync that applies it, whether the Job changed or not, and so runs it again. */
function hasJobs({ objects }: SystemFacts): boolean {
  return objects.map(identified).some(({ group, kind }) => group === 'batch' && kind === 'Job');
}

/** The autoscaler's to say. */
function ignoreReplicas({ group, kind, name }: Workload): Record<string, unknown> {
  return { ...(group === '' ? {} : { group }), kind, name, jsonPointers: ['/spec/replicas'] };
}

export function destinationOf(environment: EnvironmentFacts): Record<string, string> {
  const { server, name } = environment.destination;
  return name === undefined ? { server: server ?? 'https://kubernetes.default.svc' } : { name };
}

/** How many systems must be synced before each one. */
export function applicationWaves(systems: readonly SystemFacts[]): Map<string, number> {
  const byName = new Map(systems.map((facts) => [facts.system, facts]));
  const waves = new Map<string, number>();
  const waveOf = (system: string, above: readonly string[]): number => {
    const known = waves.get(system);
    if (known !== undefined) return known;
    if (above.includes(system)) return 0;
    const before = (byName.get(system)?.after ?? []).filter((name) => byName.has(name));
    const wave = Math.max(0, ...before.map((name) => waveOf(name, [...above, system]) + 1));
    waves.set(system, wave);
    return wave;
  };
  for (const { system } of systems) waveOf(system, []);
  return waves;
}
