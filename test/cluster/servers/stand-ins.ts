import { provisioner } from './classes.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { type Any, type Kube, namedOf } from './kube.ts';

/**
 * What a cloud and its operators do, and no program here can do on loopback: a volume for each claim, an address for
 * each load balancer and each ingress, a word that a certificate was issued. Their field managers are named for what
 * they stand for, as those of the real ones are.
 */
export function startStandIns(kube: Kube, facts: ClusterFacts): { stop(): Promise<void> } {
  let stopped = false;
  const kinds = facts.customResources ?? [];
  const work: readonly (() => Promise<void>)[] = [
    () => each(kube, 'v1', 'PersistentVolumeClaim', provision),
    ...(facts.loadBalancer === true ? [() => each(kube, 'v1', 'Service', balance)] : []),
    () => each(kube, 'networking.k8s.io/v1', 'Ingress', admit),
    ...(kinds.includes('cert-manager.io/v1/Certificate') ? [() => each(kube, 'cert-manager.io/v1', 'Certificate', certify)] : []),
  ];
  const loop = async () => {
    while (!stopped) {
      // What fails here is tried again in the next round, as a controller would.
      await Promise.allSettled(work.map((one) => one()));
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const ended = loop();
  return {
    async stop() {
      stopped = true;
      await ended;
    },
  };
}

async function each(
  kube: Kube,
  apiVersion: string,
  kind: string,
  act: (kube: Kube, object: Any) => Promise<void>,
): Promise<void> {
  for (const object of await kube.list(apiVersion, kind)) await act(kube, object);
}

async function provision(kube: Kube, claim: Any): Promise<void> {
  if (claim.spec.volumeName !== undefined || claim.spec.storageClassName === undefined) return;
  const storageClass = await kube.get({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    name: claim.spec.storageClassName,
  });
  if (storageClass?.provisioner !== provisioner) return;
  const { name, namespace, uid } = claim.metadata;
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pvc-${uid}`, annotations: { 'pv.kubernetes.io/provisioned-by': provisioner } },
    spec: {
      capacity: claim.spec.resources.requests,
      accessModes: claim.spec.accessModes,
      storageClassName: claim.spec.storageClassName,
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
      hostPath: { path: `/nonexistent/${uid}` },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
    },
  };
  if ((await kube.get(namedOf(volume))) === undefined) await kube.create(volume);
}

/** From the block of addresses that is set aside for documentation. */
const address = '192.0.2.10';

async function balance(kube: Kube, service: Any): Promise<void> {
  if (service.spec.type === 'LoadBalancer') await admitWith('cloud-controller-manager')(kube, service);
}

const admit = admitWith('ingress-controller');

function admitWith(manager: string): (kube: Kube, object: Any) => Promise<void> {
  return async (kube, object) => {
    if (object.status?.loadBalancer?.ingress !== undefined) return;
    const status = { loadBalancer: { ingress: [{ ip: address }] } };
    await kube.patch(namedOf(object), { status }, { manager, subresource: 'status' });
  };
}

async function certify(kube: Kube, certificate: Any): Promise<void> {
  if (certificate.status?.conditions !== undefined) return;
  const lastTransitionTime = new Date().toISOString();
  const ready = { type: 'Ready', status: 'True', reason: 'Ready', message: 'Certificate is up to date', lastTransitionTime };
  const change = { status: { conditions: [ready] } };
  await kube.patch(namedOf(certificate), change, { manager: 'cert-manager', subresource: 'status' });
}
