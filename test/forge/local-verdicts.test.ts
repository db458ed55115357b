import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { git, realHost } from '../publish/support/real-host.ts';
import { request } from './emulated-github.ts';
import { thrownBy } from './token.ts';

let folder: string;
let forge: Forge;
let sha: string;

/** A commit with nothing in it but what it says. */
function push(message: string): string {
  const commit = git(folder, 'commit-tree', '-m', message, git(folder, 'mktree', '--missing'));
  git(folder, 'update-ref', 'refs/heads/stowage/dev', commit);
  return commit;
}

beforeEach(async () => {
  ({ folder, forge } = await realHost());
  sha = push('change');
  git(folder, 'update-ref', 'refs/heads/main', sha);
  await forge.open(request('stowage/dev'));
});

const approve = (by: string, at: string) => forge.approve?.(1, by, at) as Promise<void>;

test('of each context the last status counts, whatever it is called', async () => {
  const contexts = ['ci', 'ci/test', 'ci / build (push)', 'Umlaut ä..b~^:?*[\\.lock', '.', '100%'];
  for (const context of contexts) await forge.setStatus(sha, 'pending', context, 'looking');
  for (const context of contexts) await forge.setStatus(sha, 'success', context, `of ${context}`);
  await forge.setStatus('f'.repeat(40), 'failure', 'ci', 'of another commit');
  expect(new Set(await forge.statuses(sha))).toEqual(
    new Set(contexts.map((context) => ({ context, state: 'success', description: `of ${context}` }))),
  );
  expect(await forge.statuses('e'.repeat(40))).toEqual([]);
});

test('none is lost to others who set some at the same moment', async () => {
  const contexts = Array.from({ length: 8 }, (_, index) => `ci/${index % 4}`);
  await Promise.all(contexts.map((context, index) => forge.setStatus(sha, 'success', context, String(index))));
  expect((await forge.statuses(sha)).map(({ context }) => context).sort()).toEqual(['ci/0', 'ci/1', 'ci/2', 'ci/3']);
});

test('a status of before, which held no context, still reads', async () => {
  const file = join(folder, 'status.json');
  writeFileSync(file, '{"state":"failure","description":"no"}');
  const blob = git(folder, 'hash-object', '-w', file);
  git(folder, 'update-ref', `refs/stowage/status/${sha}/stowage`, blob);
  expect(await forge.statuses(sha)).toEqual([{ context: 'stowage', state: 'failure', description: 'no' }]);
  await forge.setStatus(sha, 'success', 'stowage', 'yes');
  expect(await forge.statuses(sha)).toEqual([{ context: 'stowage', state: 'success', description: 'yes' }]);
});

test('an approval is of the commit that was looked at, and a second one replaces it', async () => {
  expect(await forge.reviews(1)).toEqual([]);
  await approve('alice@example.com', sha);
  await approve('bob@example.com', sha);
  const later = push('another change');
  expect(await thrownBy(approve('alice@example.com', sha))).toMatchObject({
    message: `pull request #1 is at ${later.slice(0, 12)} and no longer at ${sha.slice(0, 12)}`,
  });
  await approve('alice@example.com', later);
  expect(await forge.reviews(1)).toEqual([
    { by: 'bob@example.com', state: 'approved', sha },
    { by: 'alice@example.com', state: 'approved', sha: later },
  ]);
  expect(await forge.get(1)).not.toHaveProperty('reviews');
  await forge.update(1, { title: 'other' });
  expect(await forge.reviews(1)).toHaveLength(2);
  expect(git(folder, 'log', '--format=%s', 'refs/stowage/pull/1/meta').split('\n')).toContain('approve by bob@example.com');
});

test('many approve at the same moment', async () => {
  const people = Array.from({ length: 5 }, (_, index) => `person-${index}@example.com`);
  await Promise.all(people.map((person) => approve(person, sha)));
  expect((await forge.reviews(1)).map(({ by }) => by).sort()).toEqual(people);
});

test('what is closed is not approved', async () => {
  await forge.close(1);
  expect((await thrownBy(approve('alice@example.com', sha))).message).toBe('pull request 1 is closed already');
  expect((await thrownBy(forge.reviews(2))).message).toBe('there is no pull request 2');
});
