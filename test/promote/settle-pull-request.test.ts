import { expect, test } from 'vitest';
import type { Forge, MergeRequest } from '../../src/forge/forge.ts';
import type { Desk } from '../../src/promote/desk.ts';
import { settlePullRequest } from '../../src/promote/settle-pull-request.ts';
import { Failure } from '../../src/store/fail.ts';
import { LostAnswer } from '../../src/store/lost-answer.ts';

const sha = '1'.repeat(40);
const request: MergeRequest = { sha, method: 'merge' };

/** Settles one that nothing holds back, on a host that does with merges as it is told; and what the host was asked. */
async function settle(more: Partial<Forge> & Pick<Forge, 'merge'>) {
  const asked: unknown[] = [];
  const host: Partial<Forge> = {
    statuses: async () => [],
    reviews: async () => [],
    setStatus: async () => {},
    ...more,
    merge: (...words) => {
      asked.push(['merge', ...words]);
      return more.merge(...words);
    },
    mergeWhenReady: async (...words) => {
      asked.push(['mergeWhenReady', ...words]);
      return 'queued';
    },
  };
  const pending = { number: 7, sha, rules: { merge: 'automatic' as const }, gates: [], override: undefined, verified: true };
  return { asked, settled: await settlePullRequest(pending, { forge: host } as Desk) };
}

test('a host without a queue merges this commit now, or is not left to merge later', async () => {
  const merged = { number: 7 } as Awaited<ReturnType<Forge['merge']>>;
  const now = await settle({ merge: async () => merged });
  expect(now).toMatchObject({ asked: [['merge', 7, request]], settled: { merge: 'merged', gates: [] } });
  const refusal = 'Gitea refuses to merge pull request #7: not enough approvals';
  const later = await settle({ merge: () => Promise.reject(new Failure(refusal)) });
  expect(later).toMatchObject({
    asked: [['merge', 7, request]],
    settled: { merge: 'waiting', gates: [{ kind: 'status', state: 'waiting', text: refusal }] },
  });
});

test('a host with a queue puts it there', async () => {
  const merge = () => Promise.reject(new Error('not by this way'));
  const { asked, settled } = await settle({ merge, isQueued: async () => false });
  expect({ asked, merge: settled.merge }).toEqual({ asked: [['mergeWhenReady', 7, request]], merge: 'queued' });
});

test('whether it was merged is not guessed where the answer was lost', async () => {
  await expect(settle({ merge: () => Promise.reject(new LostAnswer('cut off')) })).rejects.toBeInstanceOf(LostAnswer);
});
