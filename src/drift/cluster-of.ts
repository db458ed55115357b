import { compareText } from '../diagnostics/sort-diagnostics.ts';

/** Which clusters a generated file is about; none where nobody runs it, which is then everybody's. */
export type ClustersOf = (path: string, readers: readonly string[]) => readonly string[];

/** Told by where Argo CD's files lie, in the description or in the repository: `argocd/<cluster>/<environment>/…`. */
export function clusterOfOverlays(paths: Iterable<string>): (overlay: string) => string | undefined {
  const clusters = new Map<string, string>();
  for (const path of paths) {
    const [, cluster, environment] = /^argocd\/([^/]+)\/([^/]+)(?:\/|$)/.exec(path) ?? [];
    if (cluster !== undefined && environment !== undefined && !clusters.has(environment)) clusters.set(environment, cluster);
  }
  return (overlay) => clusters.get(overlay.split('/')[0] as string);
}

export function clustersOfFiles(clusterOf: (overlay: string) => string | undefined): ClustersOf {
  return (path, readers) => {
    const [root, cluster] = path.split('/');
    if (root === 'argocd' && cluster !== undefined) return [cluster];
    return [...new Set(readers.flatMap((overlay) => clusterOf(overlay) ?? []))].sort(compareText);
  };
}
