import { rootName } from '../model/argocd-names.ts';
import { argocdFolder } from '../model/output-paths.ts';
import { inRepository, type Repository } from './deployment-facts.ts';

/**
 * The app-of-apps of a cluster: it takes what lies in the folders beside it, so that a new environment
 * changes no list. It has a project of its own, since nothing should run in `default`.
 */
export function root(cluster: string, repository: Repository): Record<string, unknown>[] {
  const name = rootName(cluster);
  const here = { server: 'https://kubernetes.default.svc', namespace: repository.argocdNamespace };
  const allowed = [
    { group: 'argoproj.io', kind: 'Application' },
    { group: 'argoproj.io', kind: 'AppProject' },
  ];
  return [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name, namespace: repository.argocdNamespace },
      spec: {
        description: `The Applications of cluster ${cluster}`,
        sourceRepos: [repository.url],
        destinations: [here],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: allowed,
      },
    },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace: repository.argocdNamespace },
      spec: {
        project: name,
        source: {
          repoURL: repository.url,
          targetRevision: `refs/heads/${repository.branch}`,
          path: inRepository(repository, argocdFolder(cluster)),
          directory: { recurse: true, exclude: 'root.yaml' },
        },
        destination: here,
        syncPolicy: {
          // An Application that goes from the folder is reported, and deleted by a person: never by a prune.
          automated: { prune: false, selfHeal: true },
          syncOptions: ['ServerSideApply=true', 'FailOnSharedResource=true'],
          retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
        },
      },
    },
  ];
}
