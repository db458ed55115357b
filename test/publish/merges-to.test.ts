import { expect, test } from 'vitest';
import type { Commit } from '../../src/git/commit.ts';
import { mergesTo } from '../../src/publish/merges-to.ts';

type Tree = Readonly<Record<string, string>>;

const commit = (id: string, parents: readonly string[]): Commit => ({
  ...{ id, parents, tree: `tree of ${id}`, message: '' },
  ...{ authored: '0 +0000', committed: '0 +0000' },
});

const was: Tree = { a: '1', b: '1', c: '1' };
const offered: Tree = { a: '2', c: '1', d: '1' };
const changes = { a: '2', b: undefined, d: '1' };

/** Whether what is offered on `was` gives these changes when it is merged into what is there now. */
function check(now: Tree, { wanted = changes, parents = ['parent'], known = true, head = offered } = {}): Promise<boolean> {
  const trees: Record<string, Tree> = { parent: was, head, now };
  return mergesTo(new Map(Object.entries(wanted)), commit('head', parents), commit('now', []), {
    files: async (id) => new Map(Object.entries(trees[id] ?? {})),
    fetchCommit: async () => known,
    blobId: (text) => text,
  });
}

test('what others changed elsewhere stands in nobody’s way', async () => {
  expect(await check({ ...was, c: '3', e: '1' })).toBe(true);
});

test.each<[string, Tree, Parameters<typeof check>[1]]>([
  ['somebody changed a file of it', { ...was, a: '9' }, {}],
  ['somebody changed a file of it to just that', { ...was, a: '2' }, {}],
  ['somebody removed a file of it', { a: '1', c: '1' }, {}],
  ['somebody added a file of it', { ...was, d: '9' }, {}],
  ['something else is wanted', was, { wanted: { ...changes, a: '3' } }],
  ['more is wanted', was, { wanted: { ...changes, c: '2' } as typeof changes }],
  ['it holds more than is wanted', was, { head: { ...offered, e: '1' } }],
  ['it has changed what nobody wants', was, { head: { ...offered, c: '9' } }],
  ['it lacks a removal', was, { head: { ...offered, b: '1' } }],
  ['it is a merge', was, { parents: ['parent', 'other'] }],
  ['what it was made on is gone', was, { known: false }],
])('it is made anew where %s', async (_, now, more) => {
  expect(await check(now, more)).toBe(false);
});
