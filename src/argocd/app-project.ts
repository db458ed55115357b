import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { applicationName } from '../model/argocd-names.ts';
import { destinationOf } from './application.ts';
import { type EnvironmentFacts, identified, type Repository } from './deployment-facts.ts';

/** A project that allows what the environment uses, and nothing else. */
export function appProject(environment: EnvironmentFacts, repository: Repository): Record<string, unknown> {
  const objects = environment.systems.flatMap((facts) => facts.objects.map(identified));
  const namespaces = [...environment.systems, ...objects].flatMap(({ namespace }) => namespace ?? []);
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
      destinations: sortedOnce(namespaces).map((namespace) => ({ ...destinationOf(environment), namespace })),
      clusterResourceWhitelist: kindsOf(objects.filter(({ namespace }) => namespace === undefined)),
      namespaceResourceWhitelist: kindsOf(objects.filter(({ namespace }) => namespace !== undefined)),
      ...(windows.length > 0 ? { syncWindows: windows } : {}),
    },
  };
}

function kindsOf(objects: readonly { group: string; kind: string }[]): { group: string; kind: string }[] {
  return sortedOnce(objects.map(({ group, kind }) => `${group}/${kind}`)).map((groupKind) => {
    const [group, kind] = groupKind.split('/') as [string, string];
    return { group, kind };
  });
}

function sortedOnce(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
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
