import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { type Kube, openKube } from './kube.ts';
import type { Premises } from './premises.ts';

/** Signs the tokens of service accounts; the controller manager needs it as well. */
export const accountKey = (folder: string) => join(folder, 'service-accounts.key');

/** Who may do everything. */
const adminToken = 'throwaway-admin';

/** Gives it as an administrator. */
export async function startApiServer(
  { installed, folder, run }: Premises,
  { etcd, kubernetes }: { etcd: string; kubernetes: 'newest' | 'oldest' },
): Promise<Kube> {
  const port = await freePort();
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(accountKey(folder), key.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(join(folder, 'tokens.csv'), `${adminToken},admin,admin,system:masters\n`, { mode: 0o600 });
  const server = run(
    'kube-apiserver',
    join(installed[kubernetes === 'newest' ? 'kubernetes' : 'oldest-kubernetes'], 'kube-apiserver'),
    [
      ...[`--etcd-servers=${etcd}`, '--bind-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${folder}`],
      ...[
        '--authorization-mode=RBAC',
        `--token-auth-file=${join(folder, 'tokens.csv')}`,
        '--service-cluster-ip-range=10.96.0.0/16',
      ],
      ...[`--service-account-key-file=${accountKey(folder)}`, `--service-account-signing-key-file=${accountKey(folder)}`],
      ...['--service-account-issuer=https://kubernetes.default.svc', '--allow-privileged=true'],
    ],
  );
  // Before it listens it makes itself a certificate.
  const certificate = join(folder, 'apiserver.crt');
  await server.ready(
    async () => existsSync(certificate) && readFileSync(certificate, 'utf8').trim().endsWith('END CERTIFICATE-----'),
  );
  const kube = openKube({ server: `https://127.0.0.1:${port}`, authority: readFileSync(certificate, 'utf8'), token: adminToken });
  // Ready before it has made its own namespaces.
  const answersTo = async (path: string) => (await kube.request('GET', path).catch(() => undefined))?.status === 200;
  await server.ready(async () => (await answersTo('/readyz')) && (await answersTo('/api/v1/namespaces/kube-system')));
  return kube;
}
