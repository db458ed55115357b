import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { Access } from './kube.ts';

/** Leads to the server as one user of it. */
export function writeKubeconfig(path: string, { server, authority, token }: Access, namespace = 'default'): string {
  const cluster = { server, 'certificate-authority-data': Buffer.from(authority).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', namespace } }],
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user: { token } }],
  };
  writeFileSync(path, stringify(config), { mode: 0o600 });
  return path;
}
