import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository, temporaryFolder } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';

test('the bundle loads what talks to a cluster when it is needed', () => {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'gone', cluster: { server: 'https://127.0.0.1:9' } }],
    users: [{ name: 'operator', user: {} }],
    contexts: [{ name: 'gone', context: { cluster: 'gone', user: 'operator' } }],
    'current-context': 'gone',
  };
  const folder = temporaryFolder(new Map([['kubeconfig', JSON.stringify(config)]]));
  const { code, err } = stowage(['seal', '--fetch-cert', '-e', 'dev', '--context', 'gone'], {
    in: repository,
    env: { KUBECONFIG: join(folder, 'kubeconfig') },
  });
  expect(err).toMatch(/^error: cannot reach https:\/\/127\.0\.0\.1:9: /);
  expect(code).toBe(3);
});
