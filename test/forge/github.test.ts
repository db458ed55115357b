import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { openGitHub } from '../../src/forge/github.ts';
import { connect, type EmulatedGitHub, emulateGitHub, quick, remote, request } from './emulated-github.ts';
import { expectNoToken, printNothing, token } from './token.ts';

let github: EmulatedGitHub;
let forge: Forge;
beforeAll(async () => {
  github = await emulateGitHub();
});
afterAll(() => github.close());
beforeEach(async () => {
  github.reset();
  forge = await connect(github.url);
});
printNothing();

test('a pull request is opened as it was asked for, and found by its branch', async () => {
  const sha = await github.push('stowage/dev/shop');
  const opened = await forge.open(request('stowage/dev/shop', { labels: ['stowage', 'dev'], draft: true }));
  expect(opened).toEqual({
    number: 1,
    url: expect.stringContaining('/octocat/config/pull/1'),
    state: 'open',
    title: 'dev/shop: 1 object changes',
    body: 'why',
    head: { branch: 'stowage/dev/shop', sha },
    base: 'main',
    labels: ['stowage', 'dev'],
    draft: true,
  });
  expect(await forge.findPullRequest('stowage/dev/shop')).toEqual(opened);
  expect(await forge.get(1)).toEqual(opened);
  expect(await forge.get(2)).toBeUndefined();
  expect(await forge.findPullRequest('stowage/dev')).toBeUndefined();
  expectNoToken(opened);
});

test('what is found of a branch is the open one, else the last', async () => {
  await github.push('stowage/dev');
  await forge.open(request('stowage/dev'));
  await forge.close(1);
  expect(await forge.findPullRequest('stowage/dev')).toMatchObject({ number: 1, state: 'closed' });
  await forge.open(request('stowage/dev'));
  expect(await forge.findPullRequest('stowage/dev')).toMatchObject({ number: 2, state: 'open' });
  await forge.close(2);
  expect(await forge.findPullRequest('stowage/dev')).toMatchObject({ number: 2, state: 'closed' });
});

test('an update changes what is given and keeps labels that a person added', async () => {
  await github.push('stowage/dev');
  await forge.open(request('stowage/dev', { labels: ['stowage'] }));
  await github.ask('POST', '/issues/1/labels', { labels: ['urgent'] });
  const updated = await forge.update(1, { title: 'dev/shop: 2 objects change', labels: ['stowage', 'dev'] });
  expect(updated).toMatchObject({ title: 'dev/shop: 2 objects change', body: 'why', labels: ['stowage', 'urgent', 'dev'] });
  expect(await forge.get(1)).toEqual(updated);
  expect(await forge.update(1, {})).toEqual(updated);
});

test('an update tells where the branch is, also where the pull request does not follow yet', async () => {
  await github.push('stowage/dev');
  await forge.open(request('stowage/dev'));
  const sha = await github.push('stowage/dev');
  expect((await forge.get(1))?.head.sha).not.toBe(sha);
  expect((await forge.update(1, { title: 'other' })).head.sha).toBe(sha);
});

test('reviews are requested', async () => {
  await github.push('stowage/dev');
  await forge.open(request('stowage/dev', { reviewers: ['hubot'] }));
  const { requested_reviewers } = await github.ask<{ requested_reviewers: { login: string }[] }>('GET', '/pulls/1');
  expect(requested_reviewers.map(({ login }) => login)).toEqual(['hubot']);
});

test('there is one comment for each marker, whoever else comments', async () => {
  await github.push('stowage/dev');
  await forge.open(request('stowage/dev'));
  await github.ask('POST', '/issues/1/comments', { body: '> <!-- stowage plan -->\n> first\n\nwhy?' });
  await forge.comment(1, 'plan', 'first');
  await forge.comment(1, 'other', 'something else');
  await forge.comment(1, 'plan', 'second');
  await forge.comment(1, 'plan', 'second');
  const comments = await github.ask<{ body: string; created_at: string; updated_at: string }[]>('GET', '/issues/1/comments');
  expect(comments.map(({ body }) => body)).toEqual([
    '> <!-- stowage plan -->\n> first\n\nwhy?',
    '<!-- stowage plan -->\nsecond',
    '<!-- stowage other -->\nsomething else',
  ]);
});

describe('merging', () => {
  test('the commit that was looked at, and its branch goes', async () => {
    const sha = await github.push('stowage/dev');
    await forge.open(request('stowage/dev'));
    expect(await forge.merge(1, { sha, method: 'squash' })).toMatchObject({ number: 1, state: 'merged' });
    await expect(github.ask('GET', '/git/ref/heads/stowage/dev')).rejects.toThrow('404');
    expect(await forge.list()).toEqual([]);
    // Asked again, as after an answer that was lost.
    expect(await forge.merge(1, { sha, method: 'squash' })).toMatchObject({ state: 'merged' });
  });

  test('not where somebody has pushed since', async () => {
    const sha = await github.push('stowage/dev');
    await github.push('stowage/dev');
    await forge.open(request('stowage/dev'));
    await expect(forge.merge(1, { sha, method: 'merge' })).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringContaining('GitHub refuses to merge pull request #1 in octocat/config'),
      hint: 'somebody has pushed since it was looked at: look again',
    });
    expect(await forge.get(1)).toMatchObject({ state: 'open' });
  });
});

test('more than a page is listed, by number', async () => {
  for (let number = 1; number <= 101; number += 1) {
    await github.push(`stowage/${number}`);
    await github.ask('POST', '/pulls', { title: `${number}`, head: `stowage/${number}`, base: 'main' });
  }
  await forge.close(7);
  const open = await forge.list();
  expect(open.map(({ number }) => number)).toEqual(
    Array.from({ length: 101 }, (_, index) => index + 1).filter((number) => number !== 7),
  );
  expect(await forge.list('all')).toHaveLength(101);
});

test('a GitHub App gets tokens of its installation, for git as well', async () => {
  const app = { kind: 'app', appId: '12345', installation: 100, privateKey: github.privateKey } as const;
  const asApp = await openGitHub(remote, app, { ...quick, api: github.url });
  await github.push('stowage/dev');
  expect(await asApp.open(request('stowage/dev'))).toMatchObject({ number: 1 });
  const { username, password } = (await asApp.gitCredentials?.()) ?? {};
  expect(username).toBe('x-access-token');
  expect(password).toMatch(/^ghs_/);
});

test('git is shown the token', async () => {
  expect(await forge.gitCredentials?.()).toEqual({ username: 'x-access-token', password: token });
});
