import { findRepository, resolveCommit } from '../git/find-repository.ts';
import { gitFolders } from '../git/git-folders.ts';
import { watchCommits } from '../live/watch.ts';
import type { CommandContext } from './command-context.ts';
import { parseState } from './plan-comparison.ts';

/** Says when the commit that changes are counted from is another one; gives back how to end that. */
export async function followCommits(
  fleet: string,
  from: string | undefined,
  { environment, signal }: CommandContext,
  moved: () => Promise<void>,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const state = parseState(from ?? 'HEAD', '--from');
  const repository = await findRepository(fleet, { environment, signal });
  if (state.kind !== 'commit' || 'problem' in repository) return async () => {};
  let known = await resolveCommit(repository, state.name);
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
  return async () => {
    await Promise.all(watching.map(({ close }) => close()));
  };
}
