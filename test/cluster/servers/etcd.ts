import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import type { Premises } from './premises.ts';
import { answers } from './process.ts';

/** What the API server remembers in, by its address; nothing of it need outlive a power cut. */
export async function startEtcd({ installed, folder, run }: Premises): Promise<string> {
  const [client, peer] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${client}`;
  const peers = `http://127.0.0.1:${peer}`;
  const server = run('etcd', join(installed.etcd, 'server'), [
    ...['--name=test', `--data-dir=${join(folder, 'etcd')}`, '--unsafe-no-fsync', '--log-level=warn'],
    ...[`--listen-client-urls=${url}`, `--advertise-client-urls=${url}`],
    ...[`--listen-peer-urls=${peers}`, `--initial-advertise-peer-urls=${peers}`, `--initial-cluster=test=${peers}`],
  ]);
  await server.ready(() => answers(`${url}/health`));
  return url;
}
