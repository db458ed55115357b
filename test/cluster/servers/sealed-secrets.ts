import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/fleet-files.ts';
import { freePort } from '../../support/free-port.ts';
import type { Kube } from './kube.ts';
import type { Premises } from './premises.ts';
import { answers } from './process.ts';

/** The controller of sealed-secrets, with the throwaway key of the cluster of the reference fleet whose secrets it opens. */
export async function startSealedSecrets(
  { installed, run }: Premises,
  kube: Kube,
  { kubeconfig, keysOf }: { kubeconfig: string; keysOf: string },
): Promise<void> {
  // Words stand before the key.
  const key = readFileSync(join(repository, `test/fleet/throwaway/${keysOf}.key`), 'utf8').replace(
    /^(?:(?!-----BEGIN).*\n)+/,
    '',
  );
  const certificate = readFileSync(join(repository, `clusters/${keysOf}/sealing.pem`), 'utf8');
  await kube.create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      ...{ name: 'sealed-secrets-key', namespace: 'kube-system' },
      labels: { 'sealedsecrets.bitnami.com/sealed-secrets-key': 'active' },
    },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.key': key, 'tls.crt': certificate },
  });
  const listen = `127.0.0.1:${await freePort()}`;
  const words = [
    ...[`--listen-addr=${listen}`, `--listen-metrics-addr=127.0.0.1:${await freePort()}`],
    ...['--key-renew-period=0', '--kubeclient-qps=50', '--kubeclient-burst=100'],
  ];
  const server = run('sealed-secrets', join(installed['sealed-secrets'], 'controller'), words, {
    KUBECONFIG: kubeconfig,
    POD_NAMESPACE: 'kube-system',
  });
  await server.ready(() => answers(`http://${listen}/healthz`));
}
