import { HttpResponse } from 'msw';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { answer, answerGraphql, answerRequests, api, pull } from './answering-github.ts';
import { connect } from './emulated-github.ts';
import { printNothing, thrownBy } from './token.ts';

answerRequests();
printNothing();

const sha = 'a'.repeat(40);
const enable = 'enablePullRequestAutoMerge';
const enqueue = 'enqueuePullRequest';
const look = 'pullRequest(number';
const standing = (changes = {}, mergeQueue: object | null = null) => ({
  repository: {
    mergeQueue,
    pullRequest: { id: 'PR_1', state: 'OPEN', headRefOid: sha, isInMergeQueue: false, autoMergeRequest: null, ...changes },
  },
});

let forge: Forge;
beforeEach(async () => {
  forge = await connect(api);
});

const whenReady = () => forge.mergeWhenReady?.(1, { sha, method: 'squash' });

describe('merging when ready', () => {
  beforeEach(() => void answer('get', '/pulls/1', { body: pull() }));

  test('is left to GitHub, for this commit', async () => {
    const asked = answerGraphql({ [enable]: {}, [look]: standing() });
    expect(await whenReady()).toBe('waiting');
    expect(asked.filter(({ name }) => name === enable)).toEqual([
      { name: enable, input: { pullRequestId: 'PR_1', mergeMethod: 'SQUASH', expectedHeadOid: sha } },
    ]);
  });

  test.each([
    'Pull request Pull request is in clean status',
    'Pull request Protected branch rules not configured for this branch',
  ])('where there is nothing to wait for (%s) it is merged, this commit', async (refusal) => {
    const asked = answerGraphql({ [enable]: refusal, [look]: standing() });
    const merging = answer('put', '/pulls/1/merge', { body: { merged: true } });
    answer('get', '/git/ref/*', { body: { object: { sha } } });
    const deleted = answer('delete', '/git/refs/*', { status: 204 });
    expect(await whenReady()).toBe('merged');
    expect(merging).toMatchObject([{ body: { sha, merge_method: 'squash' } }]);
    expect(deleted).toHaveLength(1);
    expect(asked.map(({ name }) => name)).toEqual([look, enable]);
  });

  test('where there is a merge queue it joins it, with this commit', async () => {
    const asked = answerGraphql({
      [enable]: 'Pull request is in clean status',
      [enqueue]: {},
      [look]: standing({}, { id: 'MQ_1' }),
    });
    expect(await whenReady()).toBe('queued');
    expect(asked.at(-1)).toEqual({ name: enqueue, input: { pullRequestId: 'PR_1', expectedHeadOid: sha } });
  });

  test.each([
    ['queued', { isInMergeQueue: true }],
    ['waiting', { autoMergeRequest: { enabledAt: '2026-01-01T00:00:00Z' } }],
    ['merged', { state: 'MERGED' }],
  ])('what is %s already stays so', async (outcome, changes) => {
    const asked = answerGraphql({ [look]: standing(changes) });
    expect(await whenReady()).toBe(outcome);
    expect(asked).toHaveLength(1);
  });

  test('what somebody has pushed to since is left alone', async () => {
    const asked = answerGraphql({ [look]: standing({ headRefOid: 'b'.repeat(40) }) });
    expect((await thrownBy(whenReady() as Promise<unknown>)).message).toBe(
      'pull request #1 is at bbbbbbbbbbbb and no longer at aaaaaaaaaaaa',
    );
    expect(asked).toHaveLength(1);
  });

  test('a repository that does not allow it says so', async () => {
    const refusal = 'Pull request Auto merge is not allowed for this repository';
    answerGraphql({ [enable]: refusal, [look]: standing() });
    const { message, hint } = await thrownBy(whenReady() as Promise<unknown>);
    expect(message).toBe(`GitHub refuses to merge pull request #1 when it is ready in octocat/config: ${refusal}`);
    expect(hint).toBe('switch on "Allow auto-merge" in the settings of the repository');
  });

  test('a merge that would go in although checks fail is refused', async () => {
    answerGraphql({ [enable]: 'Pull request Pull request is in unstable status', [look]: standing() });
    expect((await thrownBy(whenReady() as Promise<unknown>)).message).toMatch(/unstable status$/);
  });

  test.each([
    ['the connection broke', () => HttpResponse.error()],
    ['502', () => new HttpResponse(null, { status: 502 })],
  ])('after an answer that is lost (%s) it is looked up what has become of it', async (_, lost) => {
    let enabled = false;
    const asked = answerGraphql({
      [enable]: () => {
        enabled = true;
        return lost();
      },
      [look]: () => standing(enabled ? { autoMergeRequest: {} } : {}),
    });
    expect(await whenReady()).toBe('waiting');
    expect(asked.filter(({ name }) => name === enable)).toHaveLength(1);
  });
});

describe('a push would throw out of the merge queue', () => {
  test.each([true, false])('what is in it: %s', async (isInMergeQueue) => {
    answerGraphql({ isInMergeQueue: { repository: { pullRequest: { isInMergeQueue } } } });
    expect(await forge.isQueued?.(1)).toBe(isInMergeQueue);
  });

  test('nothing, where an Enterprise Server has none', async () => {
    answerGraphql({ isInMergeQueue: "Field 'isInMergeQueue' doesn't exist on type 'PullRequest'" });
    expect(await forge.isQueued?.(1)).toBe(false);
  });
});

test('a branch to which somebody has pushed since the merge is not deleted', async () => {
  answer('put', '/pulls/1/merge', { body: { merged: true } });
  answer('get', '/pulls/1', { body: pull({ state: 'closed', merged_at: '2026-01-01T00:00:00Z' }) });
  answer('get', '/git/ref/*', { body: { object: { sha: 'b'.repeat(40) } } });
  // Deleting it would be an error: nothing here answers that.
  expect(await forge.merge(1, { sha, method: 'merge' })).toMatchObject({ state: 'merged' });
});

test('what was merged is merged, also where its branch cannot be deleted', async () => {
  const told: string[] = [];
  forge = await connect(api, { say: (text) => told.push(text) });
  answer('put', '/pulls/1/merge', { body: { merged: true } });
  answer('get', '/pulls/1', { body: pull({ state: 'closed', merged_at: '2026-01-01T00:00:00Z' }) });
  answer('get', '/git/ref/*', { body: { object: { sha } } });
  answer('delete', '/git/refs/*', { status: 403, body: { message: 'Cannot delete this branch' } });
  expect(await forge.merge(1, { sha, method: 'merge' })).toMatchObject({ state: 'merged' });
  expect(told).toEqual(['pull request #1 is merged, and its branch stowage/dev stays: Cannot delete this branch']);
});

test.each([
  [409, 'Head branch was modified. Review and try the merge again.', 'somebody has pushed since it was looked at: look again'],
  [405, 'Required status check "test" is expected.', "the branch's protection says what is missing"],
  [405, 'Changes must be made through the merge queue', 'it goes through the merge queue'],
])('a merge that is refused with %i says what is missing', async (status, said, advice) => {
  answer('put', '/pulls/1/merge', { status, body: { message: said } });
  answer('get', '/pulls/1', { body: pull() });
  const { message, hint } = await thrownBy(forge.merge(1, { sha, method: 'merge' }));
  expect(message).toBe(`GitHub refuses to merge pull request #1 in octocat/config: ${said} (${status})`);
  expect(hint).toBe(advice);
});
