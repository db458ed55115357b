import type { ClusterFacts } from './cluster-facts.ts';
import type { Any } from './kube.ts';

/** What our own stand-in for a provisioner goes by. */
export const provisioner = 'volumes.test.invalid';

/** The classes of storage, ingress and runtime that a cluster is said to have. */
export function classes({ storageClasses = {}, ingressClasses = {}, runtimeClasses = [] }: ClusterFacts): Any[] {
  const marked = (domain: string, isDefault: boolean | undefined) =>
    isDefault === true ? { annotations: { [`${domain}/is-default-class`]: 'true' } } : {};
  return [
    ...Object.entries(storageClasses).map(([name, one]) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name, ...marked('storageclass.kubernetes.io', one.default) },
      provisioner,
      reclaimPolicy: name.includes('retain') ? 'Retain' : 'Delete',
    })),
    ...Object.entries(ingressClasses).map(([name, one]) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name, ...marked('ingressclass.kubernetes.io', one.default) },
      spec: { controller: 'ingresses.test.invalid/controller' },
    })),
    ...runtimeClasses.map((name) => ({
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name },
      handler: name,
    })),
  ];
}
