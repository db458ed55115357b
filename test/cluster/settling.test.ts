import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import { git } from '../support/git-folder.ts';
import { startStowage } from '../support/run-cli.ts';
import { type GitServer, startGitServer } from './servers/git-server.ts';
import { type Api, startApi } from './servers/start-cluster.ts';
import { oneEnvironment } from './support/one-environment.ts';

let api: Api;
let server: GitServer;
let folder: string;
let failed = false;
beforeAll(async () => {
  api = await startApi(inject('servers'), 'newest', {});
  server = await startGitServer(api.folder);
  const environment = await oneEnvironment(server);
  folder = environment.folder;
  git(folder, 'config', 'user.name', 'test');
  git(folder, 'config', 'user.email', 'test@localhost');
  git(folder, 'remote', 'add', 'origin', server.bare);
  await api.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } });
  for (const object of environment.objects) await api.kube.apply(object, { manager: 'argocd-controller' });
});
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});
afterAll(async () => {
  const kept = await api?.stop(failed ? 'settling' : undefined);
  await server?.stop();
  if (kept !== undefined) console.error(`the logs of the servers are kept: ${kept}`);
});

async function stowage(...words: string[]) {
  const env = { KUBECONFIG: api.kubeconfig, XDG_CACHE_HOME: join(api.folder, 'cache') };
  return startStowage(words, { in: folder, env }).end;
}
const drift = (...words: string[]) => stowage('drift', '--context', 'test', ...words);

const replicas = 'cluster:dev/shop/Deployment/shop-web#spec.replicas';
const debug = 'cluster:dev/shop/Deployment/shop-api#spec.template.spec.containers[api].env';

it('declares by pull request what somebody did by hand, after which nothing has drifted', async () => {
  await api.kubectl('-n', 'shop', 'scale', 'deployment/shop-web', '--replicas=5');
  await api.kubectl('-n', 'shop', 'set', 'env', 'deployment/shop-api', 'DEBUG=1');
  const found = JSON.parse((await drift('--json')).out);
  expect(found.differences.map(({ id }: { id: string }) => id)).toEqual([debug, replicas]);

  const absorbed = await drift('--absorb', replicas, '--absorb', debug, '--reason', 'the sale needs it');
  expect(absorbed, absorbed.out).toMatchObject({ code: 0, err: '' });
  const again = await drift('--absorb', replicas, '--absorb', debug, '--reason', 'the sale needs it');
  expect(again.out).toContain('unchanged');
  expect(await stowage('pr', 'merge', '1')).toMatchObject({ code: 0 });
  git(folder, 'pull', '--quiet', 'origin', 'main');
  expect(readFileSync(join(folder, 'clusters/dev/dev.yaml'), 'utf8')).toMatch(/replicas: 5/);
  expect(await stowage('compile', '--check')).toMatchObject({ code: 0 });

  const after = JSON.parse((await drift('--json')).out);
  expect(after).toMatchObject({ ok: true, differences: [], unseen: [] });
});

it('prints what puts back the rest, and that does', async () => {
  await api.kubectl('-n', 'shop', 'label', 'service/shop-web', 'team=search');
  await api.kubectl('-n', 'shop', 'create', 'configmap', 'notes', '--from-literal=a=b');
  const ids = ['cluster:dev/shop/Service/shop-web#metadata.labels.team', 'cluster:dev/shop/ConfigMap/notes'];
  const { code, out } = await drift('--json', ...ids.flatMap((id) => ['--revert', id]));
  expect(code).toBe(0);
  const { commands } = JSON.parse(out) as { commands: { command: string }[] };
  for (const { command } of commands) {
    const [program, flag, context, ...words] = wordsOf(command);
    expect([program, flag, context]).toEqual(['kubectl', '--context', 'test']);
    await api.kubectl(...words);
  }
  expect(commands).toHaveLength(2);
  expect(JSON.parse((await drift('--json')).out)).toMatchObject({ ok: true, differences: [] });
});

/** As a shell splits them: by blanks, and what stands in quotes as one. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

it('takes what a webhook makes of the declared for what is meant', async () => {
  // The server's own certificate is one for loopback.
  const [key, cert] = ['apiserver.key', 'apiserver.crt'].map((name) => readFileSync(join(api.folder, name), 'utf8'));
  const mirror = createServer({ key, cert }, (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { uid, object } = JSON.parse(Buffer.concat(pieces).toString()).request;
      const { image } = object.spec.template.spec.containers[0];
      const path = '/spec/template/spec/containers/0/image';
      const patch = image.startsWith('mirror/') ? [] : [{ op: 'replace', path, value: `mirror/${image}` }];
      const answer = { uid, allowed: true, patchType: 'JSONPatch', patch: btoa(JSON.stringify(patch)) };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answer }));
    });
  });
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
  const { port } = mirror.address() as AddressInfo;
  const what = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web', namespace: 'shop' };
  try {
    await api.kube.create({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'mirror' },
      webhooks: [
        {
          name: 'mirror.example.com',
          clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: btoa(cert as string) },
          rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'], operations: ['CREATE', 'UPDATE'] }],
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    });
    const image = async () => (await api.kube.get(what)).spec.template.spec.containers[0].image;
    await vi.waitFor(
      async () => {
        await api.kube.patch(what, { metadata: { labels: { touched: String(Date.now()) } } }, { manager: 'some-controller' });
        expect(await image()).toMatch(/^mirror\//);
      },
      { timeout: 30_000, interval: 250 },
    );
    const { differences, effort } = JSON.parse((await drift('--json')).out);
    expect(differences).toEqual([]);
    expect(effort.dryRuns).toBe(1);
  } finally {
    mirror.closeAllConnections();
    await new Promise((resolve) => mirror.close(resolve));
  }
});
