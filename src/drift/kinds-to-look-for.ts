import { type Discovery, kindId, type ServedKind } from '../cluster/discover-kinds.ts';

/** Kinds of which somebody may leave objects in a namespace that they were never declared in. */
export const looseKinds = [
  ['v1', 'Namespace'],
  ['v1', 'Pod'],
  ['v1', 'Service'],
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'ServiceAccount'],
  ['v1', 'ReplicationController'],
  ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
] as const;

/**
 * Those of which nobody knows whether there are any, by API version. Only a version that answers is believed when it
 * does not have a kind.
 */
export function kindsInTheDark({ kinds, stale }: Discovery): ReadonlyMap<string, readonly string[]> {
  const answering = new Set([...kinds.values()].map(({ apiVersion }) => apiVersion));
  const dark = looseKinds.filter(
    ([apiVersion, kind]) => !kinds.has(kindId(apiVersion, kind)) && (stale.includes(apiVersion) || !answering.has(apiVersion)),
  );
  const byVersion = new Map<string, string[]>();
  for (const [apiVersion, kind] of dark) byVersion.set(apiVersion, [...(byVersion.get(apiVersion) ?? []), kind]);
  return byVersion;
}

/** Those that are not listed anyway, as the cluster serves them. */
export function kindsToLookFor(served: ReadonlyMap<string, ServedKind>, listed: ReadonlySet<string>): ServedKind[] {
  return looseKinds.flatMap(([apiVersion, kind]) => {
    const id = kindId(apiVersion, kind);
    const found = served.get(id);
    return found === undefined || listed.has(id) ? [] : [found];
  });
}
