import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Forge, PullRequestToOpen } from '../../src/forge/forge.ts';
import { openRemoteForge } from '../../src/forge/open-remote-forge.ts';
import { LostAnswer } from '../../src/store/lost-answer.ts';
import { type Fault, startFaultyProxy } from '../forge/faulty-proxy.ts';
import { expectNoToken } from '../forge/token.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { type GiteaServer, keepLog, owner, startGitea } from './gitea-server.ts';
import { installGitea } from './install-gitea.ts';

const buildTime = 30 * 60_000;
let gitea: GiteaServer;
let failed = false;
beforeAll(async () => {
  gitea = await startGitea(await installGitea());
  await gitea.account('reviewer');
}, buildTime);
afterAll(async () => {
  const log = await gitea?.stop();
  if (failed && log !== undefined) console.error(`the log of Gitea is kept: ${keepLog(log)}`);
});
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});

let count = 0;
let name: string;
let forge: Forge;
beforeEach(async () => {
  count += 1;
  name = `config-${count}`;
  await gitea.ask('POST', '/user/repos', { name, auto_init: true, default_branch: 'main' });
  forge = await connect();
});

const at = (path = '') => `/repos/${owner}/${name}${path}`;

function connect(url = gitea.url, second = 100): Promise<Forge> {
  const remote = { host: 'gitea', repository: `${url}/${owner}/${name}.git` } as const;
  return openRemoteForge(remote, { STOWAGE_TOKEN: gitea.token }, { second });
}

async function push(branch: string, from = 'main'): Promise<string> {
  count += 1;
  const branches = await gitea.ask<{ name: string }[]>('GET', at('/branches'));
  const there = branches.some((one) => one.name === branch);
  const { commit } = await gitea.ask<{ commit: { sha: string } }>('POST', at(`/contents/file-${count}`), {
    message: 'change',
    content: Buffer.from(`${count}\n`).toString('base64'),
    branch: there ? branch : from,
    ...(!there && { new_branch: branch }),
  });
  return commit.sha;
}

function request(branch: string, changes: Partial<PullRequestToOpen> = {}): PullRequestToOpen {
  return {
    branch,
    base: 'main',
    title: 'dev/shop: 1 object changes',
    body: 'why',
    labels: [],
    reviewers: [],
    draft: false,
    ...changes,
  };
}

test('a pull request is opened as it was asked for, and found by its branch', async () => {
  const sha = await push('stowage/dev/shop');
  await gitea.ask('PUT', at('/collaborators/reviewer'), { permission: 'write' });
  const opened = await forge.open(
    request('stowage/dev/shop', { labels: ['stowage', 'dev'], draft: true, reviewers: ['reviewer'] }),
  );
  expect(opened).toEqual({
    number: 1,
    url: `${gitea.url}/${owner}/${name}/pulls/1`,
    state: 'open',
    title: 'dev/shop: 1 object changes',
    body: 'why',
    head: { branch: 'stowage/dev/shop', sha },
    base: 'main',
    labels: ['dev', 'stowage'],
    draft: true,
  });
  expect(await forge.findPullRequest('stowage/dev/shop')).toEqual(opened);
  expect(await forge.findPullRequest('stowage/dev')).toBeUndefined();
  expect(await forge.get(1)).toEqual(opened);
  expect(await forge.get(2)).toBeUndefined();
  const { requested_reviewers } = await gitea.ask<{ requested_reviewers: { login: string }[] }>('GET', at('/pulls/1'));
  expect(requested_reviewers.map(({ login }) => login)).toEqual(['reviewer']);
  expectNoToken(opened, gitea.token);
});

test('one that is open already is given back', async () => {
  await push('stowage/dev');
  await forge.open(request('stowage/dev'));
  expect(await forge.open(request('stowage/dev'))).toMatchObject({ number: 1 });
  expect(await forge.list('all')).toHaveLength(1);
});

test('an update changes what is given and keeps labels that a person added', async () => {
  await push('stowage/dev');
  await forge.open(request('stowage/dev', { labels: ['stowage'] }));
  await gitea.ask('POST', at('/labels'), { name: 'urgent', color: '#ff0000' });
  await gitea.ask('POST', at('/issues/1/labels'), { labels: ['urgent'] });
  expect((await forge.update(1, { title: 'other', labels: ['stowage', 'dev'] })).labels.toSorted()).toEqual([
    'dev',
    'stowage',
    'urgent',
  ]);
  expect(await forge.update(1, { draft: true })).toMatchObject({ title: 'other', body: 'why', draft: true });
  expect(await forge.update(1, { draft: false, body: 'because' })).toMatchObject({
    title: 'other',
    body: 'because',
    draft: false,
  });
});

test('there is one comment for each marker', async () => {
  await push('stowage/dev');
  await forge.open(request('stowage/dev'));
  for (const text of ['first', 'second', 'second']) await forge.comment(1, 'plan', text);
  await forge.comment(1, 'other', 'something else');
  const comments = await gitea.ask<{ body: string }[]>('GET', at('/issues/1/comments'));
  expect(comments.map(({ body }) => body)).toEqual(['<!-- stowage plan -->\nsecond', '<!-- stowage other -->\nsomething else']);
});

test('statuses are read back, the newest of each context', async () => {
  const sha = await push('stowage/dev');
  expect(await forge.statuses(sha)).toEqual([]);
  const post = (state: string, context: string) =>
    gitea.ask('POST', at(`/statuses/${sha}`), { state, context, description: `${context} is ${state}` });
  await post('failure', 'ci/build');
  await post('success', 'ci/build');
  await post('warning', 'ci/lint');
  await forge.setStatus(sha, 'pending', 'stowage', 'looking');
  // More than the host gives at once.
  for (let number = 1; number <= 60; number += 1) await post('success', `ci/${number}`);
  await post('failure', 'ci/60');
  const told = new Map((await forge.statuses(sha)).map(({ context, state }) => [context, state]));
  expect(told.size).toBe(63);
  expect(['ci/build', 'ci/lint', 'stowage', 'ci/1', 'ci/60'].map((context) => told.get(context))).toEqual([
    ...['success', 'failure', 'pending', 'success', 'failure'],
  ]);
});

test('reviews are read as the last verdict of each person, and an approval ends with what it was about', async () => {
  const sha = await push('stowage/dev');
  await gitea.ask('PUT', at('/collaborators/reviewer'), { permission: 'write' });
  await forge.open(request('stowage/dev'));
  expect(await forge.reviews(1)).toEqual([]);
  const review = (event: string) =>
    gitea.ask<{ id: number }>('POST', at('/pulls/1/reviews?sudo=reviewer'), { event, body: event });
  await review('REQUEST_CHANGES');
  expect(await forge.reviews(1)).toEqual([{ by: 'reviewer', state: 'changes-requested', sha }]);
  await review('APPROVED');
  await review('COMMENT');
  expect(await forge.reviews(1)).toEqual([{ by: 'reviewer', state: 'approved', sha }]);
  const later = await push('stowage/dev');
  await vi.waitFor(async () => expect(await forge.reviews(1)).toEqual([]), { timeout: 30_000, interval: 100 });
  const { id } = await review('REQUEST_CHANGES');
  expect(await forge.reviews(1)).toEqual([{ by: 'reviewer', state: 'changes-requested', sha: later }]);
  await gitea.ask('POST', at(`/pulls/1/reviews/${id}/dismissals`), { message: 'settled' });
  expect(await forge.reviews(1)).toEqual([]);
  expect(forge.approve).toBeUndefined();
});

test('the status of a commit is set', async () => {
  const sha = await push('stowage/dev');
  await forge.setStatus(sha, 'pending', 'stowage/plan', 'looking');
  await forge.setStatus(sha, 'failure', 'stowage/plan', 'one deletion is not named');
  const { statuses } = await gitea.ask<{ statuses: object[] }>('GET', at(`/commits/${sha}/status`));
  expect(statuses).toMatchObject([{ context: 'stowage/plan', status: 'failure', description: 'one deletion is not named' }]);
});

test('what was closed is found as such, until there is another', async () => {
  await push('stowage/dev');
  await forge.open(request('stowage/dev'));
  expect(await forge.close(1)).toMatchObject({ state: 'closed' });
  expect(await forge.findPullRequest('stowage/dev')).toMatchObject({ number: 1, state: 'closed' });
  await forge.open(request('stowage/dev'));
  await forge.close(2);
  expect(await forge.findPullRequest('stowage/dev')).toMatchObject({ number: 2, state: 'closed' });
  expect(await forge.list()).toEqual([]);
  expect((await forge.list('all')).map(({ number }) => number)).toEqual([1, 2]);
});

describe('merging', () => {
  test.each(['merge', 'squash', 'rebase'] as const)('by %s, and its branch goes', async (method) => {
    const sha = await push('stowage/dev');
    await forge.open(request('stowage/dev'));
    expect(await forge.merge(1, { sha, method })).toMatchObject({ state: 'merged', head: { branch: 'stowage/dev' } });
    await expect(gitea.ask('GET', at('/branches/stowage/dev'))).rejects.toThrow('404');
    expect(await forge.findPullRequest('stowage/dev')).toMatchObject({ number: 1, state: 'merged' });
    expect(await forge.merge(1, { sha, method })).toMatchObject({ state: 'merged' });
  });

  test('not where somebody has pushed since', async () => {
    const sha = await push('stowage/dev');
    await forge.open(request('stowage/dev'));
    await push('stowage/dev');
    for (const merge of [forge.merge, forge.mergeWhenReady])
      await expect(merge?.(1, { sha, method: 'merge' })).rejects.toMatchObject({
        name: 'Failure',
        hint: 'somebody has pushed since it was looked at: look again',
      });
    expect(await forge.get(1)).toMatchObject({ state: 'open' });
  });

  test('not what is a draft', async () => {
    const sha = await push('stowage/dev');
    await forge.open(request('stowage/dev', { draft: true }));
    await expect(forge.merge(1, { sha, method: 'merge' })).rejects.toMatchObject({
      message: `Gitea refuses to merge pull request #1 in ${owner}/${name}: Work in progress PRs cannot be merged (405)`,
    });
  });

  test('when the checks have passed', async () => {
    await gitea.ask('POST', at('/branch_protections'), {
      rule_name: 'main',
      enable_status_check: true,
      status_check_contexts: ['test'],
    });
    const sha = await push('stowage/dev');
    await forge.open(request('stowage/dev'));
    const ready = () => forge.mergeWhenReady?.(1, { sha, method: 'merge' });
    expect(await ready()).toBe('waiting');
    expect(await ready()).toBe('waiting');
    await forge.setStatus(sha, 'success', 'test', 'fine');
    await vi.waitFor(async () => expect(await forge.get(1)).toMatchObject({ state: 'merged' }), {
      timeout: 30_000,
      interval: 100,
    });
  });

  test('in the background, where nothing has to be waited for', async () => {
    const sha = await push('stowage/dev');
    await forge.open(request('stowage/dev'));
    expect(await forge.mergeWhenReady?.(1, { sha, method: 'merge' })).toBe('waiting');
    await vi.waitFor(async () => expect(await forge.get(1)).toMatchObject({ state: 'merged' }), {
      timeout: 30_000,
      interval: 100,
    });
  });
});

describe('a protected branch', () => {
  const git = async (folder: string, ...words: string[]) => {
    const { username, password } = (await forge.gitCredentials?.()) ?? { username: '', password: '' };
    const ask = join(folder, '..', 'ask.sh');
    writeFileSync(ask, '#!/bin/sh\ncase "$1" in Username*) echo "$NAME";; *) echo "$WORD";; esac\n');
    chmodSync(ask, 0o755);
    const environment = {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ASKPASS: ask,
    };
    const person = ['-c', 'user.name=Operator', '-c', 'user.email=operator@example.com'];
    return promisify(execFile)('git', [...person, ...words], {
      cwd: folder,
      env: { ...environment, NAME: username, WORD: password },
    });
  };

  test('takes no push, while another does', async () => {
    await gitea.ask('POST', at('/branch_protections'), { rule_name: 'main', enable_push: false });
    const folder = join(temporaryFolder(), 'clone');
    const address = `${gitea.url}/${owner}/${name}.git`;
    await git('/tmp', 'clone', '-q', address, folder);
    await git(folder, 'commit', '-q', '--allow-empty', '-m', 'change');
    await git(folder, 'push', '-q', 'origin', 'HEAD:refs/heads/stowage/dev');
    await expect(git(folder, 'push', '-q', 'origin', 'HEAD:refs/heads/main')).rejects.toMatchObject({
      stderr: expect.stringMatching(/protected branch/),
    });
  });

  test('takes no merge without what it requires, and that is said', async () => {
    await gitea.ask('POST', at('/branch_protections'), {
      rule_name: 'main',
      required_approvals: 1,
      block_admin_merge_override: true,
    });
    const sha = await push('stowage/dev');
    await forge.open(request('stowage/dev'));
    await expect(forge.merge(1, { sha, method: 'merge' })).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^Gitea refuses to merge pull request #1 in operator\/config-\d+: .*approvals/),
      hint: "the branch's protection says what is missing",
    });
  });
});

describe('refusals in words', () => {
  const as = (token: string, repository = `${gitea.url}/${owner}/${name}.git`) =>
    openRemoteForge({ host: 'gitea', repository }, { GITEA_TOKEN: token }, { second: 0 });
  const scoped = async (...scopes: string[]) => {
    const basic = Buffer.from(`${owner}:throwaway-Passw0rd`).toString('base64');
    const answer = await fetch(`${gitea.url}/api/v1/users/${owner}/tokens`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: `only-${scopes.join('-')}-${count}`, scopes }),
    });
    return ((await answer.json()) as { sha1: string }).sha1;
  };

  test('a token that it does not know', async () => {
    const wrong = '0'.repeat(40);
    const error = await (await as(wrong)).open(request('stowage/dev')).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^Gitea does not accept GITEA_TOKEN, asked to open/),
    });
    expectNoToken(error, wrong);
  });

  test('a token that may only read', async () => {
    await push('stowage/dev');
    const reader = await as(await scoped('read:repository', 'read:issue'));
    expect(await reader.list()).toEqual([]);
    await expect(reader.open(request('stowage/dev'))).rejects.toMatchObject({
      message: expect.stringMatching(/^GITEA_TOKEN may not open a pull request for stowage\/dev in /),
      hint: 'it needs the permission write:repository and write:issue',
    });
    await expect(reader.setStatus('0'.repeat(40), 'success', 'test', '')).rejects.toMatchObject({
      hint: 'it needs the permission write:repository',
    });
  });

  test('a token with the permissions that are named is enough', async () => {
    const sha = await push('stowage/dev');
    const writer = await as(await scoped('write:repository', 'write:issue'));
    await writer.open(request('stowage/dev', { labels: ['stowage'] }));
    await writer.comment(1, 'plan', 'text');
    await writer.setStatus(sha, 'success', 'test', 'fine');
    expect(await writer.merge(1, { sha, method: 'merge' })).toMatchObject({ state: 'merged' });
  });

  test('a repository that is not there', async () => {
    await expect((await as(gitea.token, `${gitea.url}/${owner}/none.git`)).list()).rejects.toMatchObject({
      message: `Gitea cannot list pull requests: it has no ${owner}/none, or does not show it to GITEA_TOKEN`,
    });
  });

  test('a branch that is not there', async () => {
    await expect(forge.open(request('stowage/none'))).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^Gitea /),
    });
  });
});

describe.each<Fault>(['lost', 'cut', 'half', 'unheard'])('an answer that is %s', (fault) => {
  test('leaves one pull request, one comment and one merge', async () => {
    const sha = await push('stowage/dev');
    const proxy = await startFaultyProxy(gitea.url);
    try {
      const through = await connect(proxy.url, 10);
      for (const match of [
        /^POST .*\/pulls$/,
        /^POST .*\/comments$/,
        /^POST .*\/statuses/,
        /^POST .*\/merge$/,
        /^PATCH .*/,
        /^GET .*\/pulls/,
      ])
        proxy.fail(match, fault);
      expect(await through.open(request('stowage/dev', { labels: ['stowage'] }))).toMatchObject({ number: 1 });
      await through.comment(1, 'plan', 'text');
      await through.update(1, { title: 'other' });
      await through.setStatus(sha, 'success', 'test', 'fine');
      expect(await through.merge(1, { sha, method: 'merge' })).toMatchObject({ state: 'merged', title: 'other' });
    } finally {
      await proxy.close();
    }
    expect(await forge.list('all')).toHaveLength(1);
    expect(await gitea.ask('GET', at('/issues/1/comments'))).toHaveLength(1);
  });
});

test('a host that goes on losing answers is given up, and it is said that nobody knows', async () => {
  await push('stowage/dev');
  const proxy = await startFaultyProxy(gitea.url);
  try {
    proxy.fail(/^POST/, 'unheard', 'unheard', 'unheard');
    const error = await (await connect(proxy.url, 0)).open(request('stowage/dev')).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(LostAnswer);
    expectNoToken(error, gitea.token);
  } finally {
    await proxy.close();
  }
});
