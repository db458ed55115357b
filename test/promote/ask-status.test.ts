import { rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { askArgocdServer } from '../../src/cluster/ask-argocd-server.ts';
import { askStatusOf, type StatusSources } from '../../src/commands/ask-status.ts';
import type { CommandContext } from '../../src/commands/command-context.ts';
import { readStatusFiles } from '../../src/commands/read-status-files.ts';
import { type ApiServer, kubeconfig, startApiServer } from '../support/api-server.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { secretValue } from '../support/secret-value.ts';
import { applicationObject } from './application-object.ts';

const token = secretValue('argocd');
const now = new Date('2026-03-10T12:00:00Z');
const folder = temporaryFolder();
const config = join(folder, 'config');
const shop = applicationObject('dev-shop');
const healthy = { application: 'dev-shop', sync: 'Synced', health: 'Healthy' };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const say =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));

let answer: Answer;
let server: ApiServer;
let told: string;

beforeEach(() => {
  answer = say(200, shop);
  told = '';
});

afterEach(async () => {
  rmSync(config, { force: true });
  vi.unstubAllEnvs();
  await server?.close();
  expect(told).not.toContain(token);
});

/** All that comes back is kept, to be looked through for the token. */
async function ask(sources: Partial<StatusSources>, environment = 'dev', system = 'shop') {
  const status = await askStatusOf({
    clusters: new Map(),
    clusterOf: () => 'east-1',
    argocdNamespace: 'argocd',
    statusFiles: [],
    environment: { ARGOCD_AUTH_TOKEN: token },
    signal: new AbortController().signal,
    now,
    ...sources,
  })(environment, system);
  told += JSON.stringify(status);
  return status;
}

const unknown = (words: string | RegExp) => ({ unknown: expect.stringMatching(words) });

test('nobody who can be asked is no answer', async () => {
  expect(await ask({})).toBeUndefined();
  expect(await ask({ clusters: new Map([['east-1', {}]]) })).toBeUndefined();
  expect(
    await ask({ clusters: new Map([['east-1', { server: 'https://argocd.example.com' }]]), clusterOf: () => undefined }),
  ).toBeUndefined();
});

describe('by the API of Argo CD', () => {
  beforeEach(async () => {
    server = await startApiServer((request, response) => answer(request, response), { tls: false });
  });

  const at = (address: string) => new Map([['east-1', { server: address }]]);
  const askServer = (sources: Partial<StatusSources> = {}) => ask({ clusters: at(server.address), ...sources });

  test('an Application is read, with the token of the environment', async () => {
    expect(await askServer()).toMatchObject(healthy);
    expect(server.asked).toEqual([`/api/v1/applications/dev-shop?appNamespace=argocd Bearer ${token}`]);
  });

  test('the namespace, and a path under which it is served, are kept', async () => {
    await ask({ clusters: at(`${server.address}/argo/?x=1#y`), argocdNamespace: 'gitops' });
    expect(server.asked[0]).toMatch(/^\/argo\/api\/v1\/applications\/dev-shop\?appNamespace=gitops /);
  });

  test('the token of the cluster goes before the common one', async () => {
    const environment = { ARGOCD_AUTH_TOKEN: token, ARGOCD_AUTH_TOKEN_EAST_1: `${token}-east\n` };
    await askServer({ environment });
    await askServer({ environment: { ...environment, ARGOCD_AUTH_TOKEN_EAST_1: '' } });
    expect(server.asked.map((line) => line.split(' ').at(-1))).toEqual([`${token}-east`, token]);
  });

  test('without a token nothing is asked, and its names are told', async () => {
    expect(await askServer({ environment: { ARGOCD_AUTH_TOKEN: ' ' } })).toEqual(
      unknown(/set ARGOCD_AUTH_TOKEN, or ARGOCD_AUTH_TOKEN_EAST_1 for/),
    );
    expect(server.asked).toEqual([]);
  });

  test.each([`${token}\r\nx-other: 1`, `${token} ${token}`, `${token}ü`])('what is no token is not sent', async (value) => {
    expect(await askServer({ environment: { ARGOCD_AUTH_TOKEN: value } })).toEqual(
      unknown('what ARGOCD_AUTH_TOKEN holds is no token'),
    );
    expect(server.asked).toEqual([]);
  });

  test.each([
    [401, 'does not take the token of ARGOCD_AUTH_TOKEN'],
    [403, 'it is not there, or the token may not get it'],
    [404, 'has no Application argocd/dev-shop'],
    [429, 'answered 429'],
    [500, 'answered 500'],
    [503, 'answered 503'],
    [204, 'answered 204'],
  ])('%d is told, and nothing of what came with it', async (status, words) => {
    answer = say(status, { error: `invalid: ${token}` });
    expect(await askServer()).toEqual(unknown(words));
  });

  test.each<[string, unknown, string]>([
    ['is no JSON', `<html>${token}</html>`, 'is no JSON'],
    ['is empty', '', 'is no JSON'],
    ['is too long', 'x'.repeat(17_000_000), 'too long to be an Application'],
    ['is something else', { [token]: token }, 'metadata: '],
    ['is of another Application', applicationObject('dev-other'), 'gave dev-other'],
  ])('an answer that %s is told', async (_, body, words) => {
    answer = say(200, body);
    expect(await askServer()).toEqual(unknown(words));
  });

  test('an answer that breaks off is told', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '4000' }).write('{');
      response.destroy();
    };
    expect(await askServer()).toEqual(unknown('^cannot reach http://127.0.0.1'));
  });

  test('the token follows no redirect', async () => {
    const other = await startApiServer((_, response) => response.end(JSON.stringify(shop)), { tls: false });
    answer = say(307, '', { location: `${other.address}/login?state=${token}` });
    expect(await askServer()).toEqual(unknown(`leads elsewhere, to ${other.address}: write`));
    answer = say(302, '', { location: '/login' });
    expect(await askServer()).toEqual(unknown(/leads elsewhere$/));
    answer = say(302, '', { location: `javascript:${token}` });
    expect(await askServer()).toEqual(unknown(/leads elsewhere$/));
    expect(other.asked).toEqual([]);
    expect(server.asked).toHaveLength(3);
    await other.close();
  });

  // Addresses for documentation: nothing could be sent there, and nothing is looked up.
  test.each(['http://192.0.2.1', 'http://argocd.invalid:8080', 'http://127.0.0.1.invalid', 'http://localhost.invalid'])(
    'the token goes nowhere in the clear: %s',
    async (address) => {
      expect(await ask({ clusters: at(address) })).toEqual(unknown('asked without encryption'));
    },
  );

  test.each([
    ['argocd.example.com', 'is no address such as'],
    ['file:///etc/passwd', 'is no address such as'],
    ['https://me:SECRET@argocd.invalid', 'holds a user name or password'],
    ['http://127.0.0.1:1', 'cannot reach http://127.0.0.1:1: ECONNREFUSED'],
  ])('%s leads nowhere', async (address, words) => {
    // The name of a test is no place for it.
    expect(await ask({ clusters: at(address.replace('SECRET', token)) })).toEqual(unknown(words));
  });

  test('an authority that nobody knows is told, with what to do', async () => {
    const private_ = await startApiServer((_, response) => response.end(JSON.stringify(shop)));
    expect(await ask({ clusters: at(private_.address) })).toEqual(unknown('NODE_EXTRA_CA_CERTS'));
    expect(private_.asked).toEqual([]);
    await private_.close();
  });

  test.each<[string, Answer]>([
    ['nothing comes', () => {}],
    ['the end does not come', (_, response) => response.writeHead(200).write('{')],
  ])('there is an end to waiting where %s', async (_, silent) => {
    answer = silent;
    const signal = new AbortController().signal;
    const environment = { ARGOCD_AUTH_TOKEN: token };
    const asked = await askArgocdServer(
      { server: server.address, cluster: 'east-1', environment, signal, patience: 100 },
      { namespace: 'argocd', name: 'dev-shop' },
    );
    expect(asked).toEqual(unknown(/: no answer within 0\.1 s$/));
  });

  test('who is stopped says so', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    expect(await askServer({ signal: stop.signal })).toEqual(unknown('was stopped before'));
    expect(await askServer({ signal: stop.signal })).toEqual(unknown('was stopped before'));
    expect(server.asked).toHaveLength(1);
  });

  test('an Application is asked for once in a run', async () => {
    answer = (request, response) => {
      const name = request.url?.match(/applications\/([^?]+)/)?.[1] ?? '';
      say(200, applicationObject(name))(request, response);
    };
    const asked = askStatusOf({
      clusters: at(server.address),
      clusterOf: () => 'east-1',
      argocdNamespace: 'argocd',
      statusFiles: [],
      environment: { ARGOCD_AUTH_TOKEN: token },
      signal: new AbortController().signal,
      now,
    });
    const [first, second, other] = await Promise.all([asked('dev', 'shop'), asked('dev', 'shop'), asked('dev', 'pay')]);
    expect(await asked('dev', 'shop')).toBe(first);
    expect(second).toBe(first);
    expect(other).toMatchObject({ application: 'dev-pay' });
    expect(server.asked).toHaveLength(2);
  });
});

describe('by the objects of a cluster', () => {
  const path = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/dev-shop';

  beforeEach(async () => {
    server = await startApiServer((request, response) => answer(request, response));
    useKubeconfig(kubeconfig({ none: 'https://127.0.0.1:1', east: server.address }, token));
  });

  function useKubeconfig(text: string): void {
    writeFileSync(config, text);
    vi.stubEnv('KUBECONFIG', config);
  }

  const askContext = (context = 'east', sources: Partial<StatusSources> = {}) =>
    ask({ clusters: new Map([['east-1', { context }]]), environment: {}, ...sources });

  test('an Application is read, by the context that is named', async () => {
    expect(await askContext()).toMatchObject(healthy);
    expect(server.asked).toEqual([`${path} Bearer ${token}`]);
  });

  test.each([
    [401, 'does not accept the account of the kubeconfig'],
    [403, 'does not let this account get applications.argoproj.io in the namespace argocd'],
    [404, 'has no Application argocd/dev-shop'],
    [500, 'answered 500'],
    [307, 'answered 307'],
  ])('%d is told', async (status, words) => {
    answer = say(status, { message: token }, { location: 'https://127.0.0.1:1/' });
    expect(await askContext()).toEqual(unknown(words));
  });

  test.each<[string, unknown, string]>([
    ['is no JSON', `hello ${token}`, 'is no JSON'],
    ['is too long', 'x'.repeat(17_000_000), 'too long to be an Application'],
    ['is something else', { kind: 'Status' }, 'kind: '],
    ['is of another Application', applicationObject('dev-other'), 'gave dev-other'],
  ])('an answer that %s is told', async (_, body, words) => {
    answer = say(200, body);
    expect(await askContext()).toEqual(unknown(words));
  });

  test('a cluster that cannot be reached, or a context that is not there, is told', async () => {
    expect(await askContext('none')).toEqual(
      unknown('cannot reach https://127.0.0.1:1: ECONNREFUSED \\(is this the right context'),
    );
    expect(await askContext('west')).toEqual(unknown('no context `west` \\(it has none, east\\)'));
    useKubeconfig(`{ ${token}`);
    expect(await askContext()).toEqual(unknown('cannot read the kubeconfig'));
    expect(server.asked).toEqual([]);
  });

  test('who is stopped says so', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    expect(await askContext('east', { signal: stop.signal })).toEqual(unknown('was stopped before'));
  });
});

describe('by a file', () => {
  const context = { folder } as CommandContext;

  function files(...texts: (string | Uint8Array)[]) {
    const paths = texts.map((text, index) => {
      writeFileSync(join(folder, `status-${index}`), text);
      return `status-${index}`;
    });
    return readStatusFiles(paths, context);
  }

  const list = (...items: unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
  const other = applicationObject('dev-pay', { health: { status: 'Degraded' } });

  test.each<[string, string]>([
    ['one object', JSON.stringify(shop)],
    ['a list, as kubectl prints it', JSON.stringify(list(other, shop), null, 2)],
    ['a list, as argocd prints it', JSON.stringify([other, shop])],
    ['YAML', stringify(shop)],
    ['YAML with times that have no quotes', stringify(list(other, shop)).replaceAll('"', '')],
    ['several documents', `---\n${stringify(other)}---\n${stringify(shop)}`],
    ['a byte order mark', `\ufeff${JSON.stringify(shop)}`],
    ['entries that are none', JSON.stringify(list(null, 7, {}, { kind: 'Pod', metadata: { name: 'dev-shop' } }, shop))],
  ])('with %s', async (_, text) => {
    expect(await ask({ statusFiles: files(text) })).toMatchObject({ ...healthy, asOf: '2026-03-10T11:58:00Z' });
  });

  test('of several that know it the newest counts', async () => {
    const older = applicationObject('dev-shop', { reconciledAt: '2026-03-10T11:00:00+01:00', health: { status: 'Degraded' } });
    const texts = [older, shop, other].map((object) => JSON.stringify(object));
    expect(await ask({ statusFiles: files(...texts) })).toMatchObject({ health: 'Healthy' });
    expect(await ask({ statusFiles: files(...texts) }, 'dev', 'pay')).toMatchObject({ health: 'Degraded' });
  });

  test('an Application of the same name in another namespace is another one', async () => {
    const elsewhere = applicationObject('dev-shop', {}, { metadata: { name: 'dev-shop', namespace: 'team' } });
    expect(await ask({ statusFiles: files(JSON.stringify(elsewhere)) })).toEqual(unknown('dev-shop is not in status-0'));
    const nowhere = applicationObject('dev-shop', {}, { metadata: { name: 'dev-shop' } });
    expect(await ask({ statusFiles: files(JSON.stringify(nowhere)) })).toMatchObject(healthy);
  });

  test.each<[string, unknown, string]>([
    ['older than a day', '2026-03-09T11:59:59Z', 'is from 2026-03-09T11:59:59Z, 1d ago: give one'],
    ['from a time to come', '2026-03-10T12:00:01Z', 'which is not yet: do the clocks agree'],
    ['from no time', undefined, 'it has no status.reconciledAt'],
    ['from something that is no time', 'today', 'it has no status.reconciledAt'],
  ])('what is %s is not known', async (_, reconciledAt, words) => {
    const text = JSON.stringify(applicationObject('dev-shop', { reconciledAt }));
    expect(await ask({ statusFiles: files(text) })).toEqual(unknown(words));
  });

  test('a day is still young enough', async () => {
    const text = JSON.stringify(applicationObject('dev-shop', { reconciledAt: '2026-03-09T12:00:00Z' }));
    expect(await ask({ statusFiles: files(text) })).toMatchObject(healthy);
  });

  test('what it says wrong is told with its path', async () => {
    const text = JSON.stringify(applicationObject('dev-shop', { sync: 7 }));
    expect(await ask({ statusFiles: files(text) })).toEqual(unknown(/^status-0: .*status\.sync: /));
  });

  test('it goes before asking, and what it does not know is asked', async () => {
    server = await startApiServer((request, response) => answer(request, response), { tls: false });
    const clusters = new Map([['east-1', { server: server.address }]]);
    answer = say(200, applicationObject('dev-pay'));
    const statusFiles = files(JSON.stringify(shop));
    expect(await ask({ statusFiles, clusters })).toMatchObject(healthy);
    expect(server.asked).toEqual([]);
    expect(await ask({ statusFiles, clusters }, 'dev', 'pay')).toMatchObject({ application: 'dev-pay' });
  });

  test.each<[string, string | Uint8Array, string]>([
    ['no text', new Uint8Array([0xff, 0xfe, 0x7b, 0]), 'is not UTF-8 text'],
    ['damaged JSON', '{"kind": ', 'is neither JSON nor YAML'],
    ['damaged YAML', 'kind: [', 'is neither JSON nor YAML'],
    ['nothing', '', 'holds no Application'],
    ['no Application', JSON.stringify(list()), 'holds no Application'],
  ])('%s is a mistake in the call', (_, text, words) => {
    expect(() => files(text)).toThrow(`--status-file status-0 ${words}`);
  });

  test('one that is not there is a mistake in the call', () => {
    expect(() => readStatusFiles(['nowhere.json'], context)).toThrow('cannot read nowhere.json: there is no such file');
  });
});
