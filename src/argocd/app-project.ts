import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { applicationName, destinationOf } from './application.ts';
import type { EnvironmentFacts, Repository } from './deployment-facts.ts';

/** A project that allows what the environment uses, and nothing else. */
export function appProject(environment: EnvironmentFacts, repository: Repository): Record<string, unknown> {
  const kinds = [...new Set(environment.systems.flatMap((facts) => facts.kinds))].sort(compareText);
  const namespaces = [...new Set(environment.systems.flatMap((facts) => facts.namespaces))].sort(compareText);
  const windows = syncWindows(environment);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: environment.name,
      namespace: repository.argocdNamespace,
      labels: { 'stowage.dev/environment': environment.name },
    },
    spec: {
      description: `What environment ${environment.name} may run on cluster ${environment.cluster}`,
      sourceRepos: [repository.url],
      destinations: namespaces.map((namespace) => ({ ...destinationOf(environment), namespace })),
      clusterResourceWhitelist: kinds
        .filter((kind) => kind.startsWith('cluster:'))
        .map((kind) => groupKind(kind.slice('cluster:'.length))),
      namespaceResourceWhitelist: kinds.filter((kind) => !kind.startsWith('cluster:')).map(groupKind),
      ...(windows.length > 0 ? { syncWindows: windows } : {}),
    },
  };
}

function groupKind(kind: string): { group: string; kind: string } {
  const slash = kind.lastIndexOf('/');
  return { group: kind.slice(0, slash), kind: kind.slice(slash + 1) };
}

/** Freeze windows of the environment and of its systems: nothing is synced, not even by hand. */
function syncWindows(environment: EnvironmentFacts): Record<string, unknown>[] {
  const window = (freeze: (typeof environment.freeze)[number], applications: string[]) => ({
    kind: 'deny',
    schedule: freeze.schedule,
    duration: freeze.duration,
    ...(freeze.timeZone === undefined ? {} : { timeZone: freeze.timeZone }),
    applications,
    manualSync: false,
  });
  return [
    ...environment.freeze.map((freeze) => window(freeze, ['*'])),
    ...environment.systems.flatMap((facts) =>
      facts.freeze.map((freeze) => window(freeze, [applicationName(environment.name, facts.system)])),
    ),
  ];
}
