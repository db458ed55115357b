import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { answer, answerRequests, api } from './answering-github.ts';
import { connect, type EmulatedGitHub, emulateGitHub, request } from './emulated-github.ts';
import { printNothing, thrownBy } from './token.ts';

printNothing();

const sha = 'a'.repeat(40);
const older = 'b'.repeat(40);
const commit = `/commits/${sha}`;

const next = (path: string) => ({ link: `<${api}/repos/octocat/config${path}?page=2>; rel="next"` });

describe('as GitHub answers', () => {
  answerRequests();
  let forge: Forge;
  beforeEach(async () => {
    forge = await connect(api);
  });

  const combined = (...statuses: [context: string, state: string, description?: string][]) => ({
    url: `${api}/repos/octocat/config/commits/${sha}/status`,
    state: 'pending',
    total_count: statuses.length,
    statuses: statuses.map(([context, state, description]) => ({ context, state, description: description ?? null })),
  });
  const runs = (...given: [id: number, name: string, conclusion: string | null, app?: number][]) => ({
    total_count: given.length,
    check_runs: given.map(([id, name, conclusion, app = 1]) => ({
      ...{ id, name, app: { id: app }, conclusion },
      status: conclusion === null ? 'in_progress' : 'completed',
      output: { title: `title of ${id}` },
    })),
  });

  test('statuses and checks of all pages are one list', async () => {
    const statuses = answer(
      'get',
      `${commit}/status`,
      { body: combined(['ci/build', 'success', 'built']), headers: next(`${commit}/status`) },
      { body: combined(['ci/test', 'error'], ['ci/scan', 'pending']) },
    );
    const checks = answer(
      'get',
      `${commit}/check-runs`,
      { body: runs([1, 'lint', 'success']), headers: next(`${commit}/check-runs`) },
      { body: runs([2, 'types', null]) },
    );
    expect(await forge.statuses(sha)).toEqual([
      { context: 'ci/build', state: 'success', description: 'built' },
      { context: 'ci/test', state: 'error', description: '' },
      { context: 'ci/scan', state: 'pending', description: '' },
      { context: 'lint', state: 'success', description: 'title of 1' },
      { context: 'types', state: 'pending', description: 'title of 2' },
    ]);
    expect([statuses.length, checks.length]).toEqual([2, 2]);
  });

  test.each([
    ['success', 'success'],
    ['neutral', 'success'],
    ['skipped', 'success'],
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['action_required', 'failure'],
    ['cancelled', 'failure'],
    ['stale', 'failure'],
    ['of a later GitHub', 'failure'],
    [null, 'pending'],
  ])('a check that ended with %s is a %s', async (conclusion, state) => {
    answer('get', `${commit}/status`, { body: combined() });
    answer('get', `${commit}/check-runs`, { body: runs([1, 'test', conclusion]) });
    expect(await forge.statuses(sha)).toMatchObject([{ context: 'test', state }]);
  });

  test('of the same check the newest counts, of others of its name the worst', async () => {
    answer('get', `${commit}/status`, { body: combined(['one', 'success'], ['two', 'failure'], ['three', 'success']) });
    answer('get', `${commit}/check-runs`, {
      body: runs(
        [9, 'one', 'success'],
        [3, 'one', 'failure'],
        [4, 'two', 'success'],
        [5, 'three', null],
        [6, 'three', 'success', 2],
      ),
    });
    expect((await forge.statuses(sha)).map(({ context, state }) => `${context} ${state}`)).toEqual([
      'one success',
      'two failure',
      'three pending',
    ]);
  });

  test('an answer that was lost is asked for again', async () => {
    const asked = answer('get', `${commit}/status`, { status: 502 }, { body: combined(['ci', 'success']) });
    answer('get', `${commit}/check-runs`, { body: runs() });
    expect(await forge.statuses(sha)).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  test('a token that may not see checks is told which permission that takes', async () => {
    answer('get', `${commit}/status`, { body: combined() });
    answer('get', `${commit}/check-runs`, { status: 403, body: { message: 'Resource not accessible by personal access token' } });
    expect(await thrownBy(forge.statuses(sha))).toMatchObject({
      message: expect.stringMatching(/^STOWAGE_TOKEN may not show the checks of a{12} in octocat\/config: Resource/),
      hint: 'it needs the permission Checks: read',
    });
  });

  const review = (login: string | null, state: string, at = sha) => ({
    user: login === null ? null : { login },
    state,
    commit_id: at,
  });

  test('of each person the last verdict counts, over all pages', async () => {
    answer(
      'get',
      '/pulls/1/reviews',
      {
        body: [
          review('octocat', 'CHANGES_REQUESTED', older),
          review('hubot', 'APPROVED', older),
          review('monalisa', 'APPROVED'),
          review('defunkt', 'COMMENTED'),
        ],
        headers: next('/pulls/1/reviews'),
      },
      {
        body: [
          review('octocat', 'APPROVED'),
          review('hubot', 'COMMENTED'),
          review('monalisa', 'DISMISSED'),
          review('defunkt', 'PENDING'),
          review(null, 'CHANGES_REQUESTED'),
        ],
      },
    );
    expect(await forge.reviews(1)).toEqual([
      { by: 'octocat', state: 'approved', sha },
      { by: 'hubot', state: 'approved', sha: older },
      { by: 'ghost', state: 'changes-requested', sha },
    ]);
  });

  test('there is nothing to approve with', () => expect(forge.approve).toBeUndefined());
});

describe('as a little GitHub answers', () => {
  let github: EmulatedGitHub;
  beforeAll(async () => {
    github = await emulateGitHub();
  });
  afterAll(() => github.close());

  test('a review that is dismissed is none', async () => {
    const forge = await connect(github.url);
    const head = await github.push('stowage/dev');
    await forge.open(request('stowage/dev'));
    expect(await forge.reviews(1)).toEqual([]);
    await github.ask('POST', '/pulls/1/reviews', { event: 'APPROVE' });
    expect(await forge.reviews(1)).toEqual([{ by: 'octocat', state: 'approved', sha: head }]);
    const { id } = await github.ask<{ id: number }>('POST', '/pulls/1/reviews', { event: 'REQUEST_CHANGES', body: 'no' });
    expect(await forge.reviews(1)).toMatchObject([{ state: 'changes-requested' }]);
    await github.ask('PUT', `/pulls/1/reviews/${id}/dismissals`, { message: 'yes' });
    expect(await forge.reviews(1)).toEqual([]);
  });
});
