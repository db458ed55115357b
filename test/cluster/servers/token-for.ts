import type { Kube } from './kube.ts';

export async function tokenFor(kube: Kube, namespace: string, name: string): Promise<string> {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
  if ((await kube.get({ apiVersion: 'v1', kind: 'ServiceAccount', name, namespace })) === undefined) await kube.create(account);
  const { status } = await kube.ask('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  });
  return status.token;
}
