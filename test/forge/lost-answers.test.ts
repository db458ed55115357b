import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { LostAnswer } from '../../src/store/lost-answer.ts';
import { connect, type EmulatedGitHub, emulateGitHub, request } from './emulated-github.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import { printNothing, thrownBy } from './token.ts';

let github: EmulatedGitHub;
let proxy: FaultyProxy;
let forge: Forge;
let sha: string;
beforeAll(async () => {
  github = await emulateGitHub();
});
afterAll(() => github.close());
beforeEach(async () => {
  github.reset();
  sha = await github.push('stowage/dev');
  proxy = await startFaultyProxy(github.url);
  forge = await connect(proxy.url);
  return () => proxy.close();
});
printNothing();

const opening = /^POST .*\/pulls$/;
const done: readonly (readonly [string, Fault])[] = [
  ['the connection broke after the request was received', 'lost'],
  ['the answer broke off with the connection', 'cut'],
  ['the answer is half of one', 'half'],
  ['502 after it was done', { status: 502, done: true }],
];
const undone: readonly (readonly [string, Fault])[] = [
  ['the connection broke before the request was received', 'unheard'],
  ['502 before it was done', { status: 502, done: false }],
];
const all = [...done, ...undone];

describe.each(all)('%s', (_, fault) => {
  test('one pull request is open', async () => {
    proxy.fail(opening, fault);
    expect(await forge.open(request('stowage/dev', { labels: ['stowage'] }))).toMatchObject({ number: 1, labels: ['stowage'] });
    expect(await forge.list('all')).toHaveLength(1);
  });

  test('there is one comment', async () => {
    await forge.open(request('stowage/dev'));
    proxy.fail(/^POST .*\/comments$/, fault);
    await forge.comment(1, 'plan', 'text');
    expect(await github.ask('GET', '/issues/1/comments')).toHaveLength(1);
  });

  test('it is merged once', async () => {
    await forge.open(request('stowage/dev'));
    proxy.fail(/^PUT .*\/merge$/, fault);
    expect(await forge.merge(1, { sha, method: 'merge' })).toMatchObject({ state: 'merged' });
  });

  test.each(['GET', 'PATCH'])('%s is asked again', async (method) => {
    await forge.open(request('stowage/dev'));
    proxy.fail(new RegExp(`^${method} .*/pulls/1$`), fault, fault);
    const pull = method === 'GET' ? await forge.get(1) : await forge.update(1, { title: 'new' });
    expect(pull).toMatchObject({ number: 1, title: method === 'GET' ? 'dev/shop: 1 object changes' : 'new' });
  });
});

test('what was done is not asked for again', async () => {
  proxy.fail(opening, 'lost');
  await forge.open(request('stowage/dev'));
  expect(proxy.passed.filter((line) => opening.test(line))).toHaveLength(1);
});

test('a host that goes on losing answers is given up, and it is said that nobody knows', async () => {
  proxy.fail(opening, 'unheard', 'unheard', 'unheard');
  const error = await thrownBy(forge.open(request('stowage/dev')));
  expect(error).toBeInstanceOf(LostAnswer);
  expect(error.message).toMatch(
    /^no answer from GitHub \(.+\) when asked to open a pull request for stowage\/dev in octocat\/config; whether it was done is not known$/,
  );
  expect(error.hint).toBe('run again: what was done is found and not done twice');
});

test('where only something was read, it is known that nothing was done', async () => {
  const always = Array<Fault>(10).fill({ status: 502, done: false });
  proxy.fail(/^GET/, ...always);
  const error = await thrownBy(forge.list());
  expect(error).not.toBeInstanceOf(LostAnswer);
  expect(error.message).toBe('GitHub answered 502 when asked to list pull requests in octocat/config');
});

test('a host that nobody reaches has done nothing', async () => {
  const nowhere = await startFaultyProxy(github.url);
  await nowhere.close();
  const error = await thrownBy((await connect(nowhere.url)).open(request('stowage/dev')));
  expect(error).not.toBeInstanceOf(LostAnswer);
  expect(error.message).toBe(`cannot reach ${new URL(nowhere.url).host}: ECONNREFUSED`);
});

test('a run that is stopped does not wait', async () => {
  const stop = new AbortController();
  const stopped = await connect(proxy.url, { signal: stop.signal });
  stop.abort();
  await expect(stopped.open(request('stowage/dev'))).rejects.toMatchObject({ name: 'AbortError' });
  expect(proxy.passed).toEqual([]);
});
