import { findRepository, resolveCommit } from '../git/find-repository.ts';
import { gitFolders } from '../git/git-folders.ts';
import { watchCommits } from '../live/watch.ts';
import type { CommandContext } from './command-context.ts';
import { parseState } from './plan-comparison.ts';

/** Says from now on when the commit is another one than it was; gives back how to end that. */
export type FollowCommits = (moved: () => Promise<void>, failed: (error: unknown) => void) => Promise<() => Promise<void>>;

/** Looks which commit changes are counted from, before they are: one that is made meanwhile must not be missed. */
export async function commitsToFollow(
  fleet: string,
  from: string | undefined,
  { environment, signal }: CommandContext,
): Promise<FollowCommits> {
  const state = parseState(from ?? 'HEAD', '--from');
  const repository = await findRepository(fleet, { environment, signal });
  if (state.kind !== 'commit' || 'problem' in repository) return async () => async () => {};
  let known = await resolveCommit(repository, state.name);
  return async (moved, failed) => {
    let asked = Promise.resolve();
    const ask = async () => {
      const now = await resolveCommit(repository, state.name);
      if (now === known) return;
      known = now;
      await moved();
    };
    // One after the other.
    const changed = () => {
      asked = asked.then(ask).catch(failed);
    };
    const watching = await Promise.all((await gitFolders(repository)).map((folder) => watchCommits(folder, changed)));
    changed();
    return async () => {
      await Promise.all(watching.map(({ close }) => close()));
    };
  };
}
