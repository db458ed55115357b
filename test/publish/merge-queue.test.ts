import { expect, test } from 'vitest';
import { publish } from '../../src/publish/publish.ts';
import { memoryHost } from './support/memory-host.ts';
import { filesAt, requestAt } from './support/request.ts';

test('a pull request in the merge queue is not pushed to', async () => {
  const host = memoryHost();
  host.branches.set('main', host.putCommit(new Map(), [], 'Start\n', 1).id);
  const queued = new Set<number>();
  const forge = { ...host.forge, isQueued: async (number: number) => queued.has(number) };
  const publishing = (version: number) =>
    publish(requestAt(version, { target: host.target, forge, files: filesAt(version, ['shop']), group: 'all' }));
  expect((await publishing(0)).results).toMatchObject([{ outcome: 'opened', pullRequest: { number: 1 } }]);
  queued.add(1);
  const before = new Map(host.branches);
  expect((await publishing(1)).results).toMatchObject([
    {
      outcome: 'blocked',
      reason: 'pull request #1 is in the merge queue, out of which a push to stowage/compile/_all would throw it',
      advice: 'publish again when it is merged, or take it out of the queue',
    },
  ]);
  expect(host.branches).toEqual(before);
  queued.clear();
  expect((await publishing(1)).results).toMatchObject([{ outcome: 'updated' }]);
});
