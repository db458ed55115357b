export const revision = (digit: string) => digit.repeat(40);

/** An Application that is well, as a newer Argo CD keeps it; parts of its status may be other ones. */
export function applicationObject(name: string, status: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd', labels: { 'stowage.dev/system': 'shop' } },
    spec: { project: 'dev', source: { repoURL: 'https://git.example.com/config.git', path: 'overlays/dev/shop' } },
    ...rest,
    status: {
      sync: { status: 'Synced', revision: revision('b'), comparedTo: { source: {} } },
      health: { status: 'Healthy', lastTransitionTime: '2026-03-10T10:05:00Z' },
      operationState: { phase: 'Succeeded', finishedAt: '2026-03-10T10:04:00Z', startedAt: '2026-03-10T10:03:00Z' },
      reconciledAt: '2026-03-10T11:58:00Z',
      history: [
        { id: 0, revision: revision('a'), deployedAt: '2026-03-09T08:00:00Z', source: {} },
        { id: 1, revision: revision('b'), deployedAt: '2026-03-10T10:04:00Z', source: {} },
      ],
      resources: [],
      ...status,
    },
  };
}
