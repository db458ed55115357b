import type { DesiredObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';

/** The kinds without namespace that kustomize has in its own table, which is older than Kubernetes. */
const knownToKustomize = new Set([
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/v1 CustomResourceDefinition',
  'apiregistration.k8s.io/v1 APIService',
  'certificates.k8s.io/v1 CertificateSigningRequest',
  'networking.k8s.io/v1 IngressClass',
  'node.k8s.io/v1 RuntimeClass',
  'rbac.authorization.k8s.io/v1 ClusterRole',
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding',
  'scheduling.k8s.io/v1 PriorityClass',
  'storage.k8s.io/v1 CSIDriver',
  'storage.k8s.io/v1 CSINode',
  'storage.k8s.io/v1 StorageClass',
  'storage.k8s.io/v1 VolumeAttachment',
  'v1 Namespace',
  'v1 Node',
  'v1 PersistentVolume',
]);

/** Kustomize takes every kind that it does not know for namespaced, and moves every object into its namespace. */
export function standsApart(object: DesiredObject, namespace: string): boolean {
  const own = asMap(object.plain.metadata)?.namespace;
  return (
    (own !== undefined && own !== namespace) ||
    (!object.namespaced && !knownToKustomize.has(`${object.apiVersion} ${object.kind}`)) ||
    namespacesNamed(object).some((named) => named !== undefined && named !== namespace)
  );
}

/** Those that kustomize makes its own beside that of the object. */
function namespacesNamed({ kind, name, plain }: DesiredObject): unknown[] {
  switch (kind) {
    case 'Namespace':
      return [name];
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return asList(plain.subjects)
        .filter((subject) => subject.kind === 'ServiceAccount')
        .map((subject) => subject.namespace);
    case 'APIService':
      return [asMap(asMap(plain.spec)?.service)?.namespace];
    case 'CustomResourceDefinition':
      return [
        ['conversion', 'webhook', 'clientConfig', 'service', 'namespace'].reduce<unknown>(
          (node, key) => asMap(node)?.[key],
          plain.spec,
        ),
      ];
    default:
      return [];
  }
}
