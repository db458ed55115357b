import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { openGitea } from '../../src/forge/gitea.ts';
import type { GiteaOptions } from '../../src/forge/gitea-client.ts';
import { LostAnswer } from '../../src/store/lost-answer.ts';
import { credentials, remote, request } from './emulated-github.ts';
import { printNothing, thrownBy, token } from './token.ts';

// What the real one does is in test/interop; here is what it does not do when it is asked to.
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());
printNothing();

const host = 'https://gitea.example.com';
const repository = `${host}/api/v1/repos/octocat/config`;
const sha = 'a'.repeat(40);

function connect(options: GiteaOptions = {}): Forge {
  return openGitea({ ...remote, host: 'gitea.example.com' }, credentials, { second: 0, ...options });
}

function pull(changes: object = {}) {
  const branch = { ref: 'stowage/dev', label: 'stowage/dev', sha, repo_id: 1 };
  return {
    number: 1,
    html_url: `${host}/octocat/config/pulls/1`,
    state: 'open',
    merged: false,
    title: 'title',
    body: '',
    labels: null,
    draft: false,
    head: branch,
    base: { ...branch, ref: 'main', label: 'main' },
    ...changes,
  };
}

/** Answers one after the other; the last goes on. */
function answer(method: 'get' | 'post' | 'patch', path: string, ...answers: readonly (() => Response)[]): Request[] {
  const asked: Request[] = [];
  server.use(
    http[method](`${repository}${path}`, ({ request }) => {
      asked.push(request.clone());
      return answers[Math.min(asked.length, answers.length) - 1]?.();
    }),
  );
  return asked;
}

const json =
  (body: object, status = 200, headers: Record<string, string> = {}) =>
  () =>
    HttpResponse.json(body, { status, headers });

test('the API is below the address of the repository, or where it is said to be', async () => {
  for (const [options, url] of [
    [{}, repository],
    [{ api: 'https://code.example.com/git/' }, 'https://code.example.com/git/api/v1/repos/octocat/config'],
    [{ api: 'https://code.example.com/api/v1' }, 'https://code.example.com/api/v1/repos/octocat/config'],
  ] as const) {
    server.use(
      http.get(`${url}/pulls/1`, ({ request }) => HttpResponse.json(pull({ title: request.headers.get('authorization') }))),
    );
    expect(await connect(options).get(1)).toMatchObject({ title: `token ${token}` });
  }
});

test('pages are read until one is empty, however short the host makes them', async () => {
  server.use(
    http.get(`${repository}/pulls`, ({ request }) => {
      const page = Number(new URL(request.url).searchParams.get('page'));
      return HttpResponse.json(page <= 3 ? [pull({ number: page * 2 }), pull({ number: page * 2 - 1 })] : []);
    }),
  );
  expect((await connect().list()).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a pull request of a fork on a branch of the same name is nobody of ours', async () => {
  const fork = pull({ head: { ref: 'stowage/dev', label: 'stowage/dev', sha, repo_id: 2 } });
  server.use(http.get(`${repository}/pulls`, ({ request }) => HttpResponse.json(request.url.includes('page=1') ? [fork] : [])));
  expect(await connect().findPullRequest('stowage/dev')).toBeUndefined();
  expect(await connect().list('all')).toEqual([]);
});

test.each([
  ['WIP: title', true, 'title'],
  ['[wip] title', true, 'title'],
  ['title', true, 'title'],
  ['WIP: title', false, 'WIP: title'],
])('%s that is a draft or not (%s) is called %s', async (title, draft, expected) => {
  answer('get', '/pulls/1', json(pull({ title, draft })));
  expect(await connect().get(1)).toMatchObject({ title: expected, draft });
});

describe('an answer that is none', () => {
  test.each([
    ['a page of a gateway', () => HttpResponse.html('<html>sign in</html>')],
    ['half of one', () => new HttpResponse(JSON.stringify(pull()).slice(0, 50))],
    ['of another API', json({ ok: true })],
    ['502', json({}, 502)],
    ['a broken connection', () => HttpResponse.error()],
  ])('%s is asked for again, and at last given up', async (_, wrong) => {
    const asked = answer('get', '/pulls/1', wrong, wrong, json(pull()));
    expect(await connect().get(1)).toMatchObject({ number: 1 });
    expect(asked).toHaveLength(3);
    server.resetHandlers();
    answer('get', '/pulls/1', wrong);
    const { message } = await thrownBy(connect().get(1));
    expect(message).toMatch(
      /^(no answer from Gitea \(.+\)|Gitea answered 502) when asked to show pull request #1 in octocat\/config$/,
    );
  });

  test('to a merge leaves it open whether it was done', async () => {
    const merging = answer('post', '/pulls/1/merge', json({}, 502));
    answer('get', '/pulls/1', json(pull()));
    expect(await thrownBy(connect().merge(1, { sha, method: 'merge' }))).toBeInstanceOf(LostAnswer);
    expect(merging).toHaveLength(3);
  });
});

test('a merge waits until Gitea has looked whether it can be done', async () => {
  const later = json({ message: 'Please try again later' }, 405);
  const merging = answer('post', '/pulls/1/merge', later, later, () => new HttpResponse(null));
  answer('get', '/pulls/1', json(pull({ state: 'closed', merged: true })));
  expect(await connect().merge(1, { sha, method: 'squash' })).toMatchObject({ state: 'merged' });
  expect(await merging.at(-1)?.json()).toEqual({ Do: 'squash', head_commit_id: sha, delete_branch_after_merge: true });
  server.resetHandlers();
  answer('post', '/pulls/1/merge', later);
  expect((await thrownBy(connect().merge(1, { sha, method: 'squash' }))).message).toMatch(/Please try again later \(405\)$/);
});

test('a limit is waited out', async () => {
  const told: string[] = [];
  answer('post', '/pulls', json({ message: 'slow down' }, 429, { 'retry-after': '5' }), json(pull(), 201));
  expect(await connect({ say: (text) => told.push(text) }).open(request('stowage/dev'))).toMatchObject({ number: 1 });
  expect(told).toEqual(['Gitea asks for a pause: going on in 60 s']);
});

test('a repository that has moved is said to have, and nothing is read in place of a write', async () => {
  answer('post', '/pulls', () => new HttpResponse(null, { status: 301, headers: { location: 'https://elsewhere.example.com' } }));
  const { message } = await thrownBy(connect().open(request('stowage/dev')));
  expect(message).toBe(
    'Gitea refuses to open a pull request for stowage/dev in octocat/config: it has moved to another address (301)',
  );
});

test('what a host says is shown without the token even where it repeats it', async () => {
  answer('get', '/pulls/1', json({ message: `token is ${token}\nand ${encodeURIComponent(token)}` }, 403));
  expect((await thrownBy(connect().get(1))).message).toBe(
    'STOWAGE_TOKEN may not show pull request #1 in octocat/config: token is … and …',
  );
});

/** Answers page after page, and then with none. */
function answerPages(path: string, ...pages: readonly object[][]): void {
  server.use(
    http.get(`${repository}${path}`, ({ request }) =>
      HttpResponse.json(pages[Number(new URL(request.url).searchParams.get('page')) - 1] ?? []),
    ),
  );
}

test('of each context the newest status counts, in whatever order they come', async () => {
  const status = (id: number, context: string, said: string, description?: string) => ({
    id,
    context,
    status: said,
    description,
  });
  answerPages(
    `/commits/${sha}/statuses`,
    [status(7, 'build', 'success', 'built'), status(2, 'test', 'success'), status(1, 'build', 'failure')],
    [status(8, 'test', 'warning'), status(3, 'scan', 'pending'), status(4, 'lint', 'skipped')],
    [status(5, 'deploy', 'error'), status(6, 'other', 'of a later Gitea')],
  );
  expect(new Set(await connect().statuses(sha))).toEqual(
    new Set([
      { context: 'build', state: 'success', description: 'built' },
      { context: 'test', state: 'failure', description: '' },
      { context: 'scan', state: 'pending', description: '' },
      { context: 'lint', state: 'success', description: '' },
      { context: 'deploy', state: 'error', description: '' },
      { context: 'other', state: 'failure', description: '' },
    ]),
  );
});

test('of each person the last verdict counts, unless it was dismissed or is about something else by now', async () => {
  const review = (id: number, login: string | undefined, state: string, changes = {}) => ({
    ...{
      id,
      user: login === undefined ? null : { login },
      state,
      commit_id: sha,
      stale: false,
      official: false,
      dismissed: false,
    },
    ...changes,
  });
  answerPages(
    '/pulls/1/reviews',
    [review(9, 'alice', 'APPROVED'), review(1, 'alice', 'REQUEST_CHANGES'), review(2, 'bob', 'APPROVED')],
    [
      review(3, 'bob', 'APPROVED', { stale: true }),
      review(4, 'carol', 'REQUEST_CHANGES', { stale: true, commit_id: 'b'.repeat(40) }),
    ],
    [review(5, 'dave', 'APPROVED'), review(6, 'dave', 'REQUEST_CHANGES', { dismissed: true }), review(7, 'erin', 'COMMENT')],
    [review(8, undefined, 'REQUEST_REVIEW'), review(10, 'alice', 'COMMENT'), review(11, 'carol', 'REQUEST_REVIEW')],
  );
  expect(new Set(await connect().reviews(1))).toEqual(
    new Set([
      { by: 'alice', state: 'approved', sha },
      { by: 'carol', state: 'changes-requested', sha: 'b'.repeat(40) },
    ]),
  );
});

test('there are no Apps', () => {
  const app = { kind: 'app', appId: '1', installation: 1, privateKey: '' } as const;
  expect(() => openGitea(remote, app)).toThrow('Gitea has no GitHub Apps');
});
