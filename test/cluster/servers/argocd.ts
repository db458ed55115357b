import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { stringify } from 'yaml';
import { freePort } from '../../support/free-port.ts';
import type { Installed } from './installed.ts';
import type { Any, Kube } from './kube.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { kustomizeOnPath } from './kustomize-on-path.ts';
import type { Premises } from './premises.ts';
import { answers } from './process.ts';

/** Argo CD without its own API: Redis, the repo server and the application controller. */
export async function startArgoCd({ installed, folder, run }: Premises, kube: Kube): Promise<void> {
  await kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } });
  for (const object of settings(installed)) await kube.create(object);
  const [redis, repo, repoMetrics, metrics] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const data = (name: string) => {
    mkdirSync(join(folder, 'argocd', name), { recursive: true, mode: 0o700 });
    return join(folder, 'argocd', name);
  };
  const env = {
    PATH: `${await kustomizeOnPath(folder)}:${process.env.PATH}`,
    // What it takes for its own cluster is then the one of the kubeconfig.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: data('tls'),
    ARGOCD_SSH_DATA_PATH: data('ssh'),
    ARGOCD_GPG_DATA_PATH: data('gpg-source'),
    ARGOCD_GNUPGHOME: data('gpg'),
    TMPDIR: data('work'),
  };
  const kubeconfig = writeKubeconfig(join(folder, 'argocd.kubeconfig'), kube.access, 'argocd');
  const argocd = join(installed.argocd, 'argocd');
  run('redis', 'redis-server', [
    '--bind',
    '127.0.0.1',
    '--port',
    String(redis),
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ]);
  const repoServer = run(
    'argocd-repo-server',
    argocd,
    [
      ...['--address=127.0.0.1', `--port=${repo}`, '--metrics-address=127.0.0.1', `--metrics-port=${repoMetrics}`],
      ...[`--redis=127.0.0.1:${redis}`, '--disable-tls'],
    ],
    { ...env, ARGOCD_BINARY_NAME: 'argocd-repo-server', KUBECONFIG: kubeconfig },
  );
  await repoServer.ready(() => answers(`http://127.0.0.1:${repoMetrics}/healthz?full=true`));
  const controller = run(
    'argocd-application-controller',
    argocd,
    [
      ...[`--kubeconfig=${kubeconfig}`, '--namespace=argocd', `--redis=127.0.0.1:${redis}`, `--metrics-port=${metrics}`],
      ...[`--repo-server=127.0.0.1:${repo}`, '--repo-server-plaintext', '--app-resync=5'],
    ],
    { ...env, ARGOCD_BINARY_NAME: 'argocd-application-controller', KUBECONFIG: kubeconfig },
  );
  await controller.ready(() => answers(`http://127.0.0.1:${metrics}/healthz`));
}

/** As they are installed, but for two settings that a fleet may need. */
function settings(installed: Installed): Any[] {
  const folder = join(installed.argocd, 'config');
  return readdirSync(folder)
    .filter((name) => name.startsWith('argocd-'))
    .map((name) => load(readFileSync(join(folder, name), 'utf8')) as Any)
    .map((object) => ({
      ...object,
      metadata: { ...object.metadata, namespace: 'argocd' },
      ...(object.metadata.name === 'argocd-cm' ? { data: { ...object.data, ...changed(object.data) } } : {}),
    }));
}

function changed(data: Record<string, string>): Record<string, string> {
  const exclusions = load(data['resource.exclusions'] ?? '') as { kinds: string[] }[];
  const excluded = exclusions.map((one) => ({ ...one, kinds: one.kinds.filter((kind) => kind !== 'EndpointSlice') }));
  if (JSON.stringify(excluded) === JSON.stringify(exclusions)) throw new Error('Argo CD no longer leaves EndpointSlices out');
  return {
    // As it is installed it never deploys the EndpointSlices of external addresses, and says so in a warning alone.
    'resource.exclusions': stringify(excluded),
    // An Application counts as healthy only when it is: those of later sync waves wait for it.
    'resource.customizations.health.argoproj.io_Application': healthOfApplications,
  };
}

/** What docs/argocd.md has an operator set. */
const healthOfApplications = `local health = (obj.status or {}).health or {}
return {status = health.status or "Progressing", message = health.message or ""}
`;
