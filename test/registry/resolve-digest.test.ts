import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parseImageReference, type RegistryImage } from '../../src/model/image-reference.ts';
import { type ResolveOptions, resolveDigest } from '../../src/registry/resolve-digest.ts';
import { expectNoToken, printNothing, thrownBy, token } from '../forge/token.ts';
import {
  digestOf,
  guarded,
  type Handler,
  index,
  indexType,
  type LoopbackServer,
  manifest,
  manifestAnswer,
  manifestType,
  refusal,
  startServer,
  tokenAnswer,
} from './loopback-registry.ts';

printNothing();

const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(answer?: Handler): Promise<LoopbackServer> {
  const server = await startServer(answer);
  servers.push(server);
  return server;
}

/** Every password holds the token, so that whoever looks for the one finds the other. */
const password = `${token}-password`;
const issued = `${token}-issued`;
const basic = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
const found = { digest: digestOf(manifest), mediaType: manifestType };

function dockerConfig(config: unknown = {}): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'docker-config-'));
  writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return { DOCKER_CONFIG: folder };
}

const auth = Buffer.from(`me:${password}`).toString('base64');

function reference(host: string, rest = 'team/web:2.1.1'): RegistryImage {
  const read = parseImageReference(`${host}/${rest}`);
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

function resolve(image: RegistryImage, options: Partial<ResolveOptions> = {}) {
  return resolveDigest(image, { environment: dockerConfig(), signal: new AbortController().signal, ...options });
}

/** The failure, after all that it holds was searched for passwords and tokens. */
async function failure(work: Promise<unknown>) {
  const error = await thrownBy(work);
  for (const secret of [password, issued, auth]) expectNoToken(error, secret);
  expect(error.name).toBe('Failure');
  return `${error.message} | ${error.hint ?? ''}`;
}

test('asks with HEAD and takes the digest that is told', async () => {
  const { host, asked, authorizations } = await serve();
  expect(await resolve(reference(host))).toEqual(found);
  expect(asked).toEqual(['HEAD /v2/team/web/manifests/2.1.1']);
  expect(authorizations).toEqual(['-']);
});

test('takes the digest of an index as it is, and says that it knows indexes', async () => {
  let accept: string | undefined;
  const { host } = await serve((request, response) => {
    accept = request.headers.accept;
    manifestAnswer({ body: index, type: `${indexType}; charset=utf-8` })(request, response);
  });
  expect(await resolve(reference(host))).toEqual({ digest: digestOf(index), mediaType: indexType });
  expect(accept?.split(', ')).toHaveLength(4);
  expect(accept).toMatch(/^application\/vnd\.oci\.image\.index\.v1\+json, /);
});

test.each([
  ['no digest is told', manifestAnswer({ digest: null })],
  [
    'what is told of HEAD is no digest',
    (request, response) => manifestAnswer({ digest: request.method === 'HEAD' ? 'x' : null })(request, response),
  ],
  [
    'HEAD is not known',
    (request, response) => manifestAnswer({ status: request.method === 'HEAD' ? 405 : 200 })(request, response),
  ],
  ['the type says nothing', manifestAnswer({ type: 'application/json' })],
] satisfies [string, Handler][])('reads the manifest where %s', async (_, answer) => {
  const { host, asked } = await serve(answer);
  expect(await resolve(reference(host))).toEqual(found);
  expect(asked).toEqual(['HEAD /v2/team/web/manifests/2.1.1', 'GET /v2/team/web/manifests/2.1.1']);
});

test('refuses a manifest that is not what its digest says', async () => {
  const answer: Handler = (request, response) =>
    manifestAnswer({ digest: request.method === 'HEAD' ? null : digestOf('another') })(request, response);
  const { host } = await serve(answer);
  expect(await failure(resolve(reference(host)))).toMatch(/another digest than 127\.0\.0\.1:\d+ says \| .*do not use/);
});

test('asks for the digest where one is given, and refuses another', async () => {
  const server = await serve();
  const { host, asked } = server;
  expect(await resolve(reference(host, `team/web:2.1.1@${digestOf(manifest)}`))).toEqual(found);
  expect(asked).toEqual([`HEAD /v2/team/web/manifests/${digestOf(manifest)}`]);
  server.answer = manifestAnswer({ body: index, type: indexType });
  expect(await failure(resolve(reference(host, `team/web@${digestOf(manifest)}`)))).toContain('do not use this image');
});

test('wants a tag', async () => {
  expect(await failure(resolve(reference('127.0.0.1:1', 'team/web')))).toContain('has no tag to ask for');
});

const bearer = (realm: string) => `Bearer realm="${realm}",service="registry",scope="repository:team/web:pull"`;

test('gets a token as anybody, and uses it for HEAD and GET', async () => {
  const tokens = await serve(tokenAnswer({ token: issued }));
  const registry = await serve(
    guarded(() => bearer(`http://${tokens.host}/token?from=here`), [`Bearer ${issued}`], manifestAnswer({ digest: null })),
  );
  expect(await resolve(reference(registry.host))).toEqual(found);
  expect(tokens.asked).toEqual(['GET /token?from=here&service=registry&scope=repository%3Ateam%2Fweb%3Apull']);
  expect(tokens.authorizations).toEqual(['-']);
  expect(registry.authorizations).toEqual(['-', `Bearer ${issued}`, `Bearer ${issued}`]);
});

test('asks for a token as docker has logged in, and never shows the password to the registry', async () => {
  const tokens = await serve(guarded(() => 'Basic', [basic], tokenAnswer({ access_token: issued })));
  const registry = await serve(guarded(() => `Bearer realm="http://${tokens.host}/token"`, [`Bearer ${issued}`]));
  const environment = dockerConfig({ auths: { [registry.host]: { auth } } });
  expect(await resolve(reference(registry.host), { environment })).toEqual(found);
  expect(tokens.asked).toEqual(['GET /token?scope=repository%3Ateam%2Fweb%3Apull']);
  expect(tokens.authorizations).toEqual([basic]);
  expect(registry.authorizations).toEqual(['-', `Bearer ${issued}`]);
});

test.each([
  ['by host', (host: string) => ({ auths: { [host]: { auth } } })],
  ['by address', (host: string) => ({ auths: { [`https://${host}/v1/`]: { auth } } })],
  ['as user and password', (host: string) => ({ auths: { [host]: { username: 'me', password } } })],
  ['beside a store of others', (host: string) => ({ auths: { [host]: { auth } }, credsStore: 'desktop' })],
])('shows user and password, kept %s', async (_, config) => {
  const { host, authorizations } = await serve(guarded(() => 'Basic realm="registry"', [basic]));
  expect(await resolve(reference(host), { environment: dockerConfig(config(host)) })).toEqual(found);
  expect(authorizations).toEqual(['-', basic]);
});

test('an open registry is not shown what docker keeps, and a broken file does not matter to it', async () => {
  const { host, authorizations } = await serve();
  await resolve(reference(host), { environment: dockerConfig({ auths: { [host]: { auth } } }) });
  await resolve(reference(host), { environment: dockerConfig(`{ "auths": "${token}`) });
  expect(authorizations).toEqual(['-', '-']);
});

test.each([
  [
    'nobody has logged in',
    () => ({}),
    /does not show team\/web to everybody, .*config\.json has no credentials .*docker login 127/,
  ],
  ['others have', () => ({ auths: { 'ghcr.io': { auth } } }), /has no credentials/],
  [
    'the password is wrong',
    (host: string) => ({ auths: { [host]: { auth: btoa(`me:${token}`) } } }),
    /does not accept the credentials/,
  ],
  [
    'a helper keeps it',
    (host: string) => ({ auths: { [host]: {} }, credHelpers: { [host]: 'ecr-login' } }),
    /docker-credential-ecr-login, which is not run \| .*DOCKER_CONFIG/,
  ],
  [
    'a store keeps it',
    (host: string) => ({ auths: { [host]: {} }, credsStore: 'desktop' }),
    /docker-credential-desktop, which is not run/,
  ],
  ['it is a token', (host: string) => ({ auths: { [host]: { auth: btoa('me:'), identitytoken: token } } }), /an identity token/],
  ['the file is broken', () => `{ "auths": "${token}`, /config\.json is not what docker writes there/],
  ['the file is another', () => ({ auths: { x: { auth } }, credHelpers: [token] }), /is not what docker writes there/],
])('says what is missing where %s', async (_, config, words) => {
  for (const challenge of ['bearer', 'basic']) {
    const tokens = await serve(guarded(() => 'Basic', [basic], tokenAnswer({ token: issued })));
    const { host, authorizations } = await serve(
      guarded(
        () => (challenge === 'basic' ? 'Basic realm="registry"' : bearer(`http://${tokens.host}/token`)),
        [basic, `Bearer ${issued}`],
      ),
    );
    expect(await failure(resolve(reference(host), { environment: dockerConfig(config(host)) }))).toMatch(words);
    expect(authorizations.length).toBeLessThanOrEqual(2);
  }
});

test('a token that the registry does not take ends it', async () => {
  const tokens = await serve(tokenAnswer({ token: issued }));
  const { host, asked } = await serve(guarded(() => bearer(`http://${tokens.host}/token`), []));
  expect(await failure(resolve(reference(host)))).toContain('does not show team/web to everybody');
  expect(asked).toHaveLength(2);
});

test.each([
  ['gives none', tokenAnswer({}), 'answers without one'],
  ['gives half of one', tokenAnswer({ token: `${token}\n` }), 'answers without one'],
  ['gives something else', tokenAnswer([token]), 'answers without one'],
  ['is asked too often', refusal(429, 'TOOMANYREQUESTS', token), 'has had too many requests'],
  ['is unwell', tokenAnswer({}, 503), 'answered 503'],
] satisfies [string, Handler, string][])('says so where the giver of tokens %s', async (_, answer, words) => {
  const tokens = await serve(answer);
  const { host } = await serve(guarded(() => bearer(`http://${tokens.host}/token`), []));
  expect(await failure(resolve(reference(host)))).toContain(words);
});

test.each([
  'http://auth.example.com/token',
  'http://127.0.0.1.example.com/',
  `https://me:${token}@127.0.0.1/`,
  'token',
  'file:///etc/passwd',
  '',
])('sends no password to %s', async (realm) => {
  const { host } = await serve(guarded(() => bearer(realm), []));
  const environment = dockerConfig({ auths: { [host]: { auth } } });
  expect(await failure(resolve(reference(host), { environment }))).toContain('what is no address of https');
});

test('knows no other ways to tell who asks', async () => {
  const { host } = await serve(guarded(() => 'Negotiate', []));
  expect(await failure(resolve(reference(host)))).toContain('known are Bearer and Basic');
});

test('follows to another host without credentials, and back without them too', async () => {
  const elsewhere = await serve();
  const registry = await serve(
    guarded(
      () => 'Basic',
      [basic],
      (_, response) => void response.writeHead(307, { location: `http://${elsewhere.host}/blob` }).end(),
    ),
  );
  const environment = dockerConfig({ auths: { [registry.host]: { auth }, [elsewhere.host]: { auth } } });
  expect(await resolve(reference(registry.host), { environment })).toEqual(found);
  expect(elsewhere.asked).toEqual(['HEAD /blob']);
  expect(elsewhere.authorizations).toEqual(['-']);

  elsewhere.answer = (_, response) => void response.writeHead(307, { location: `http://${registry.host}/secret` }).end();
  expect(await failure(resolve(reference(registry.host), { environment }))).toContain('does not accept');
  expect(registry.asked.at(-1)).toBe('HEAD /secret');
  expect(registry.authorizations.at(-1)).toBe('-');

  elsewhere.answer = guarded(() => 'Basic', []);
  expect(await failure(resolve(reference(registry.host), { environment }))).toContain(
    'credentials of one host are not shown to another',
  );
  expect(new Set(elsewhere.authorizations)).toEqual(new Set(['-']));
});

test('the giver of tokens leads to another host, which sees no password', async () => {
  const elsewhere = await serve(tokenAnswer({ token: issued }));
  const tokens = await serve((_, response) => void response.writeHead(302, { location: `http://${elsewhere.host}/` }).end());
  const registry = await serve(guarded(() => bearer(`http://${tokens.host}/token`), [`Bearer ${issued}`]));
  const environment = dockerConfig({ auths: { [registry.host]: { auth } } });
  expect(await resolve(reference(registry.host), { environment })).toEqual(found);
  expect(tokens.authorizations).toEqual([basic]);
  expect(elsewhere.authorizations).toEqual(['-']);
});

test.each([
  [`http://example.com/${token}`, /leads to example\.com, where nothing is encrypted/],
  ['http://[', /leads to what is no address/],
  ['/round', /leads from one address to the next without an end/],
])('does not follow to %s', async (location, words) => {
  const { host, asked } = await serve((_, response) => void response.writeHead(301, { location }).end());
  expect(await failure(resolve(reference(host)))).toMatch(words);
  expect(asked.length).toBeLessThanOrEqual(6);
});

test.each([
  ['no such tag', refusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown'), /team\/web has no tag `2\.1\.1`, says 127/],
  [
    'no registry',
    manifestAnswer({ status: 404, body: '<html>', type: 'text/html' }),
    /answers 404, and not in the words of a registry/,
  ],
  ['a web page', manifestAnswer({ body: '<html>', type: 'text/html', digest: null }), /that is a web page/],
  [
    'an old manifest',
    manifestAnswer({ type: 'application/vnd.docker.distribution.manifest.v1+prettyjws', body: '{}' }),
    /no manifest of an image .* OCI and Docker/,
  ],
  ['a refusal', refusal(403, 'DENIED', `quota of ${token} is used up`), /refuses: quota of … is used up/],
  ['a refusal without words', manifestAnswer({ status: 403, body: '' }), /does not show team\/web to everybody/],
  ['an illness', refusal(500, 'UNKNOWN', token), /answered 500 \| try again/],
  ['something strange', refusal(418, 'TEAPOT', token), /answered 418, which is not the way of a registry/],
  [
    'too many requests',
    refusal(429, 'TOOMANYREQUESTS', token, { 'retry-after': '60' }),
    /too many requests \| it asks to wait for 60 s;/,
  ],
  ['far too many requests', refusal(429, 'TOOMANYREQUESTS', token, { 'retry-after': '7201' }), /it asks to wait for 3 h;/],
  [
    'requests until a time',
    refusal(429, 'TOOMANYREQUESTS', token, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
    /it asks to wait until 2026-10-21T07:28:00\.000Z/,
  ],
  ['requests without an end', refusal(429, 'TOOMANYREQUESTS', token, { 'retry-after': token }), /\| try again in a while/],
] satisfies [string, Handler, RegExp][])('says it in words: %s', async (_, answer, words) => {
  const { host } = await serve(answer);
  expect(await failure(resolve(reference(host)))).toMatch(words);
});

test.each([
  ['its length says so', { 'content-length': String(5 * 1_048_576) }],
  ['it does not say how long', {}],
])('stops reading a huge manifest, where %s', async (_, headers) => {
  const { host } = await serve(({ method }, response) => {
    response.writeHead(200, { 'content-type': manifestType, ...headers });
    if (method === 'HEAD') response.end();
    else response.end(Buffer.alloc(5 * 1_048_576, ' '));
  });
  expect(await failure(resolve(reference(host)))).toContain('longer than 4 MiB');
});

test('gives up on a registry that does not answer, or stops in the middle', async () => {
  const server = await serve(() => {});
  expect(await failure(resolve(reference(server.host), { patience: 20 }))).toContain('it took too long');
  server.answer = (_, response) => void response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy());
  expect(await failure(resolve(reference(server.host)))).toMatch(/no answer from 127\.0\.0\.1:\d+/);
});

test('says so where nothing listens', async () => {
  const server = await startServer();
  await server.close();
  expect(await failure(resolve(reference(server.host)))).toMatch(/cannot reach 127\.0\.0\.1:\d+: ECONNREFUSED/);
});

test('ends when the person says so', async () => {
  const controller = new AbortController();
  const { host } = await serve(() => controller.abort(new Error('enough')));
  await expect(resolve(reference(host), { signal: controller.signal })).rejects.toThrow('enough');
});
