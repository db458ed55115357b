import { mkdirSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { throwawayCertificate, throwawayText } from '../sealing/throwaway.ts';
import { type ApiServer, kubeconfig, startApiServer } from '../support/api-server.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { type SealRun, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';

const pem = 'clusters/east/sealing.pem';
const document = 'clusters/east/cluster.yaml';
const { fingerprint } = throwawayCertificate('valid');
const proxy = '/api/v1/namespaces/kube-system/services/http:sealed-secrets-controller:/proxy/v1/cert.pem';
const token = secretValue('bearer');

const config = join(temporaryFolder(), 'config');
let given: { status: number; body: string };
let server: ApiServer;
let run: SealRun;

/** The file that KUBECONFIG names lies there only as long as a test runs: it holds a token. */
function useKubeconfig(text: string): void {
  writeFileSync(config, text);
  vi.stubEnv('KUBECONFIG', config);
}

beforeEach(async () => {
  given = { status: 200, body: throwawayText('valid.pem') };
  server = await startApiServer((_, response) => response.writeHead(given.status).end(given.body));
  useKubeconfig(kubeconfig({ east: server.address }, token));
  run = sealRun();
  run.edit(document, 'spec:', 'spec:\n  context: east');
});

afterEach(async () => {
  rmSync(config, { force: true });
  vi.unstubAllEnvs();
  await server.close();
});

const fetch = (...words: string[]) => run.seal(['--fetch-cert', '-e', 'one', ...words]);
/** A folder like a home, whose kubeconfig leads to servers. */
function homeWith(text: string): string {
  const home = temporaryFolder();
  mkdirSync(join(home, '.kube'));
  writeFileSync(join(home, '.kube/config'), text);
  return home;
}

test('is asked for through the API server, with the token of the kubeconfig, and written', async () => {
  unlinkSync(join(run.folder, pem));
  const { code, out, err } = await fetch();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(server.asked).toEqual([`${proxy} Bearer ${token}`]);
  expect(out).toMatch(new RegExp(`^${pem}: written, valid until 21\\d\\d-\\d\\d-\\d\\d, SHA-256 ${fingerprint}\n$`));
  expect(run.text(pem)).toBe(throwawayText('valid.pem'));
});

test('that is there already is left alone', async () => {
  const before = statSync(join(run.folder, pem), { bigint: true }).mtimeNs;
  expect(await fetch()).toMatchObject({ code: 0, out: expect.stringContaining(`${pem}: unchanged`) });
  expect(statSync(join(run.folder, pem), { bigint: true }).mtimeNs).toBe(before);
});

test('that nobody has pinned is written, and what to compare and to say is told', async () => {
  run.edit(document, `  sealing: { certificate: sealing.pem, sha256: "${fingerprint}" }\n`, '');
  unlinkSync(join(run.folder, pem));
  expect((await fetch()).out).toContain(`sealing: { sha256: ${fingerprint}, certificate: sealing.pem }`);
  const told = JSON.parse((await fetch('--json')).out);
  expect(told).toEqual({
    ...{ command: 'seal', ok: true, cluster: 'east', path: pem, written: false, sha256: fingerprint },
    notAfter: expect.stringMatching(/^21/),
    toSay: [`sha256: ${fingerprint}`, 'certificate: sealing.pem'],
  });
});

test('of a controller that runs elsewhere is asked for there', async () => {
  run.edit(document, 'certificate: sealing.pem', 'controller: { namespace: sealing, name: sealer }, certificate: sealing.pem');
  await fetch();
  expect(server.asked[0]).toContain('/namespaces/sealing/services/http:sealer:/proxy/v1/cert.pem ');
});

test('another than the pinned one is refused, with what to do if it is right', async () => {
  given.body = throwawayText('other.pem');
  const ended = await fetch();
  expect(ended).toMatchObject({ code: 3, out: '' });
  expect(ended.err).toContain(`and sha256:${fingerprint} is pinned`);
  expect(ended.err).toContain(`write sha256: ${throwawayCertificate('other').fingerprint} in ${document}`);
  expect(run.text(pem)).toBe(throwawayText('valid.pem'));
});

describe('comes from the cluster', () => {
  test('that cluster.yaml names, else the one of the call, whatever is the current one', async () => {
    const other = await startApiServer((_, response) => response.end(throwawayText('valid.pem')));
    useKubeconfig(kubeconfig({ current: other.address, east: server.address, beside: other.address }, token));
    expect((await fetch()).code).toBe(0);
    expect([server.asked.length, other.asked.length]).toEqual([1, 0]);
    expect((await fetch('--context', 'beside')).code).toBe(0);
    expect([server.asked.length, other.asked.length]).toEqual([1, 1]);
    await other.close();
  });

  test('that somebody named: nothing is asked where nobody says which', async () => {
    run.edit(document, '\n  context: east', '');
    expect(await fetch()).toMatchObject({
      code: 2,
      err: 'nothing says which context of the kubeconfig leads to cluster east\nsay it in the call: --context <name>; or for good: `context: <name>` in clusters/east/cluster.yaml\n',
    });
    expect(server.asked).toEqual([]);
  });

  test('that the kubeconfig has', async () => {
    useKubeconfig(kubeconfig({ none: 'https://127.0.0.1:1', east: server.address }, token));
    expect(await fetch('--context', 'eats')).toMatchObject({
      code: 3,
      err: 'the kubeconfig has no context `eats`\nit has none, east\n',
    });
    expect(await fetch('--context', 'none')).toMatchObject({
      code: 3,
      err: expect.stringContaining('cannot reach https://127.0.0.1:1: ECONNREFUSED'),
    });
  });

  test('of the pod that asks, and not from what is current in a kubeconfig there', async () => {
    run.edit(document, '\n  context: east', '');
    vi.stubEnv('KUBECONFIG', undefined);
    const home = homeWith(kubeconfig({ current: server.address }, token));
    vi.stubEnv('HOME', home);
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '127.0.0.1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '1');
    const ended = await run.seal(['--fetch-cert', '-e', 'one'], { KUBERNETES_SERVICE_HOST: '127.0.0.1' });
    rmSync(home, { recursive: true });
    expect(ended).toMatchObject({ code: 3, err: expect.stringContaining('https://127.0.0.1:1') });
    expect(server.asked).toEqual([]);
  });

  test('by a kubeconfig, which is told where there is none', async () => {
    vi.stubEnv('KUBECONFIG', undefined);
    vi.stubEnv('HOME', temporaryFolder());
    expect(await fetch()).toMatchObject({
      code: 3,
      err: 'there is no kubeconfig, and so no context `east`\nit is ~/.kube/config, or what KUBECONFIG names\n',
    });
  });

  test('whose description can be read', async () => {
    run.edit(document, 'context: east', 'context: [east]');
    expect(await fetch()).toMatchObject({ code: 3, err: expect.stringContaining(`${document} has problems`) });
    expect(server.asked).toEqual([]);
  });
});

test('of several clusters at once is not asked for', async () => {
  expect(await run.seal(['--fetch-cert'])).toMatchObject({ code: 2, err: expect.stringContaining('say which cluster') });
});

describe('is not taken from an answer', () => {
  test.each([
    [401, 'does not let this account ask kube-system/sealed-secrets-controller'],
    [403, 'it needs to get services/proxy there'],
    [404, 'has no controller kube-system/sealed-secrets-controller'],
    [503, 'say where it runs: sealing.controller'],
    [500, 'answered 500'],
  ])('%d', async (status, message) => {
    given = { status, body: token };
    const ended = await fetch();
    expect(ended).toMatchObject({ code: 3, out: '', err: expect.stringContaining(message) });
    expect(ended.err).not.toContain(token);
  });

  test.each([
    ['that is none', 'hello\n', 'gave out something that is no certificate'],
    ['that is too long', 'x'.repeat(300_000), 'the answer is too long to be a certificate'],
    ['with a weak key', throwawayText('short.pem'), 'is refused'],
  ])('%s', async (_, body, message) => {
    given.body = body;
    expect(await fetch()).toMatchObject({ code: 3, out: '', err: expect.stringContaining(message) });
    expect(run.text(pem)).toBe(throwawayText('valid.pem'));
  });

  test('that breaks off', async () => {
    const broken = await startApiServer((_, response) => {
      response.writeHead(200, { 'content-length': '4000' }).write(throwawayText('valid.pem'));
      response.destroy();
    });
    useKubeconfig(kubeconfig({ east: broken.address }, token));
    expect(await fetch()).toMatchObject({ code: 3, err: expect.stringContaining('cannot reach') });
    await broken.close();
  });
});

describe('a kubeconfig that leads nowhere is told in one line', () => {
  test.each([
    ['with another authority', () => kubeconfig({ east: server.address }, token, 'other'), 'cannot reach'],
    ['with an address that is none', () => kubeconfig({ east: 'east' }, token), 'gives east as the address of the cluster'],
    ['without encryption', () => kubeconfig({ east: server.address.replace('https', 'http') }, token), 'cannot log in to'],
    ['that is no YAML', () => `{ ${token}`, 'cannot read the kubeconfig'],
    [
      'with a program that is not there',
      () =>
        kubeconfig({ east: server.address }, token).replace(
          `token: ${token}`,
          'exec: { command: /nowhere/login, apiVersion: client.authentication.k8s.io/v1 }',
        ),
      'cannot log in to',
    ],
  ])('%s', async (_, text, message) => {
    useKubeconfig(text());
    const ended = await fetch();
    expect(ended).toMatchObject({ code: 3, out: '', err: expect.stringContaining(message) });
    expect(ended.err).not.toContain(token);
    expect(server.asked).toEqual([]);
  });

  test('that is not there', async () => {
    vi.stubEnv('KUBECONFIG', join(run.folder, 'nowhere'));
    writeFileSync(join(run.folder, 'nowhere'), '');
    expect(await fetch()).toMatchObject({ code: 3, out: '' });
  });
});
