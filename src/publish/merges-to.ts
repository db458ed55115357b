import type { Commit } from '../git/commit.ts';
import type { TargetRepository } from '../git/target-repository.ts';

/**
 * Whether a commit changes just these files of its parent to just these texts, and none of them has changed since on what
 * it is merged into: then a merge is that with these files in it, and there is nothing to decide.
 */
export async function mergesTo(
  changes: ReadonlyMap<string, string | undefined>,
  { id, parents }: Commit,
  into: Commit,
  target: Pick<TargetRepository, 'files' | 'fetchCommit' | 'blobId'>,
): Promise<boolean> {
  const [parent] = parents;
  if (parent === undefined || parents.length > 1 || !(await target.fetchCommit(parent))) return false;
  const all = () => true;
  const [was, offered, now] = [await target.files(parent, all), await target.files(id, all), await target.files(into.id, all)];
  return [...new Set([...was.keys(), ...offered.keys(), ...changes.keys()])].every((path) => {
    if (!changes.has(path)) return offered.get(path) === was.get(path);
    const text = changes.get(path);
    return offered.get(path) === (text === undefined ? undefined : target.blobId(text)) && was.get(path) === now.get(path);
  });
}
