/** Where a sealed value may be opened: one Secret, one namespace, one cluster. */
export type Scope = 'strict' | 'namespace-wide' | 'cluster-wide';

const clusterWide = 'sealedsecrets.bitnami.com/cluster-wide';
const namespaceWide = 'sealedsecrets.bitnami.com/namespace-wide';

/** What a value is bound to when it is sealed; the controller opens it with the label that it finds itself. */
export function labelFor(scope: Scope, namespace: string, name: string): Buffer {
  const labels = { strict: `${namespace}/${name}`, 'namespace-wide': namespace, 'cluster-wide': '' };
  return Buffer.from(labels[scope]);
}

/** The controller takes no other text than `true`, and the wider of two annotations. */
export function scopeOf(annotations: Readonly<Record<string, string>>): Scope {
  if (annotations[clusterWide] === 'true') return 'cluster-wide';
  return annotations[namespaceWide] === 'true' ? 'namespace-wide' : 'strict';
}

/** They stand on the SealedSecret, where the controller looks, and on its template, where kubeseal looks. */
export function scopeAnnotations(scope: Scope): Record<string, string> {
  if (scope === 'strict') return {};
  return { [scope === 'cluster-wide' ? clusterWide : namespaceWide]: 'true' };
}
