import type { Commit } from '../git/commit.ts';
import { LostAnswer } from '../store/lost-answer.ts';
import type { ChangeSet } from './change-set.ts';
import { effect } from './effect.ts';
import { branchFolder } from './key.ts';
import type { PublishRequest } from './publish-request.ts';

/** What the target holds, and what we would change in it: looked at again whenever somebody else was quicker. */
export interface View {
  /** Undefined only in a dry run on an empty repository. */
  readonly base: Commit | undefined;
  readonly branches: ReadonlyMap<string, Commit>;
  readonly sets: ReadonlyMap<string, ChangeSet>;
  readonly waiting: readonly string[];
}

export async function look(request: PublishRequest): Promise<View> {
  const { target, changes, dryRun } = request;
  let heads = await target.heads();
  if (heads.base === undefined && !dryRun) {
    await startBranch(request);
    heads = await target.heads();
  }
  const { base } = heads;
  const { sets, waiting } = await changes(base);
  const folder = branchFolder(request.prefix, request.purpose);
  const branches = new Map([...heads.branches].filter(([name]) => name.startsWith(folder)));
  return { base, branches, sets: new Map(sets.map((set) => [set.name, set])), waiting };
}

/** A pull request needs something to be merged into. */
async function startBranch({ target, branch, author, now }: PublishRequest): Promise<void> {
  const tree = await target.writeTree(undefined, new Map());
  const message = 'Start the config repository\n\nstowage publish offers what belongs here in pull requests.\n';
  const commit = await target.writeCommit({ tree, parent: undefined, time: now(), author, message, sign: false });
  try {
    // Where another run was quicker, its commit does as well.
    await effect('the first push', () => target.push(branch, commit.id, undefined));
  } catch (error) {
    if (!(error instanceof LostAnswer) || (await target.heads()).base === undefined) throw error;
  }
}
