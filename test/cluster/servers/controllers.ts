import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { accountKey } from './api-server.ts';
import type { Kube } from './kube.ts';
import type { Premises } from './premises.ts';

/** The controller manager, each controller with a service account of its own, and the scheduler. */
export async function startControllers({ installed, folder, run }: Premises, kube: Kube, kubeconfig: string): Promise<void> {
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, kube.access.authority);
  const common = async () => [
    ...[`--kubeconfig=${kubeconfig}`, '--leader-elect=false', `--cert-dir=${folder}/certificates`],
    ...['--bind-address=127.0.0.1', `--secure-port=${await freePort()}`],
  ];
  const program = (name: string) => join(installed.kubernetes, name);
  const manager = [
    ...(await common()),
    ...[`--service-account-private-key-file=${accountKey(folder)}`, `--root-ca-file=${authority}`],
    ...['--use-service-account-credentials=true', '--horizontal-pod-autoscaler-sync-period=2s'],
    // Deployments, Jobs and autoscalers of a whole cluster come at once.
    ...['--kube-api-qps=200', '--kube-api-burst=400'],
  ];
  run('kube-controller-manager', program('kube-controller-manager'), manager);
  run('kube-scheduler', program('kube-scheduler'), [...(await common()), '--kube-api-qps=200', '--kube-api-burst=400']);
}
