import { callGit, type GitCall } from '../git/call-git.ts';
import { type Commit, parseCommit } from '../git/commit.ts';
import { readObjects } from '../git/read-objects.ts';
import { Failure } from '../store/fail.ts';
import type { MergeRequest } from './forge.ts';
import { type LocalRefs, refNames, type StoredPull } from './local-refs.ts';

interface StoredState {
  readonly pull: StoredPull;
  readonly meta: string;
  readonly all: ReadonlyMap<string, string>;
}

/** Why what a merge would give may not be; asked with its tree where that is not the one that was offered. */
export type CheckMerge = (tree: string, call: GitCall) => Promise<string | undefined>;

interface Place {
  readonly refs: LocalRefs;
  readonly call: GitCall;
  readonly now: () => number;
  readonly checkMerge: CheckMerge | undefined;
}

/** Moves the base, deletes the branch and marks the pull request, all in one step or not at all. */
export async function mergeLocally(
  number: number,
  { pull, meta, all }: StoredState,
  { sha, method }: MergeRequest,
  { refs, call, now, checkMerge }: Place,
): Promise<StoredPull> {
  if (pull.state !== 'open') throw new Failure(`pull request ${number} is ${pull.state} already`);
  const head = all.get(refNames.branch(pull.branch));
  const base = all.get(refNames.branch(pull.base));
  if (head !== sha)
    throw new Failure(`${pull.branch} is no longer at ${sha.slice(0, 12)}`, 'look at it again, and merge what is there now');
  if (base === undefined) throw new Failure(`there is no branch ${pull.base} to merge into`);
  const to = await mergedCommit(number, pull, head, base, method, { call, now, checkMerge });
  const merged: StoredPull = { ...pull, state: 'merged' };
  const done = await refs.change([
    { ref: refNames.branch(pull.base), to, from: base },
    { ref: refNames.branch(pull.branch), to: undefined, from: head },
    { ref: refNames.meta(number), to: await refs.writePull(merged, meta, `merge as ${to}`), from: meta },
    { ref: refNames.head(number), to: head, from: all.get(refNames.head(number)) },
    { ref: refNames.open(pull.branch), to: undefined, from: all.get(refNames.open(pull.branch)) },
  ]);
  if (!done)
    throw new Failure(
      `pull request ${number} or ${pull.base} changed at the same moment`,
      'look at it again, and merge what is there now',
    );
  return merged;
}

async function mergedCommit(
  number: number,
  pull: StoredPull,
  head: string,
  base: string,
  method: MergeRequest['method'],
  { call, now, checkMerge }: Omit<Place, 'refs'>,
): Promise<string> {
  const ahead = await callGit(['merge-base', '--is-ancestor', base, head], { ...call, accept: [1] });
  if (ahead.code === 0 && method !== 'squash') return head;
  const merge = await callGit(['merge-tree', '--write-tree', '--name-only', '-z', base, head], {
    ...call,
    accept: [1, 128, 129],
  });
  const [tree = '', ...conflicts] = merge.out.split('\0');
  if (merge.code > 1)
    throw new Failure(`git cannot merge without a checkout: ${merge.err.trim().split('\n')[0]}`, 'git 2.38 or newer can');
  if (merge.code === 1)
    throw new Failure(
      `pull request ${number} conflicts with ${pull.base} in ${conflicts[0] ?? 'some files'}`,
      '`stowage publish` builds it anew on what is there now',
    );
  const { message, tree: offered } = await commitOf(head, call);
  const obstacle = tree === offered ? undefined : await checkMerge?.(tree, call);
  if (obstacle !== undefined)
    throw new Failure(
      `pull request ${number} is not merged: ${obstacle}`,
      'run again what made it, such as `stowage promote` or `stowage publish`: that builds it anew on what is there now',
    );
  const [parents, text] =
    method === 'merge' ? [[base, head], `Merge pull request ${number}: ${pull.title}\n`] : [[base], message];
  const date = `@${now()} +0000`;
  const name = { GIT_AUTHOR_NAME: 'Stowage', GIT_AUTHOR_EMAIL: 'stowage@localhost', GIT_AUTHOR_DATE: date };
  const variables = {
    ...name,
    GIT_COMMITTER_NAME: 'Stowage',
    GIT_COMMITTER_EMAIL: 'stowage@localhost',
    GIT_COMMITTER_DATE: date,
  };
  const words = ['commit-tree', ...parents.flatMap((parent) => ['-p', parent]), '-F', '-', tree];
  return (await callGit(words, { ...call, variables, input: text })).out.trim();
}

async function commitOf(id: string, call: GitCall): Promise<Commit> {
  return parseCommit(id, (await readObjects([id], call)).get(id) ?? '');
}
