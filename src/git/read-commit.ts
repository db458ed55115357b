import type { Report } from '../diagnostics/diagnostic.ts';
import { inputFile, inputRoots, isInputName, longestFile, reportLink } from '../store/input-names.ts';
import type { Repository } from './find-repository.ts';
import { linkMode, listTree } from './list-tree.ts';
import { readBlobs } from './read-blobs.ts';

/** Every input of a fleet as it was in a commit, or is in a tree, from git's objects: nothing is checked out. */
export async function readCommit(
  { call, prefix }: Repository,
  commitOrTree: string,
  report: Report,
): Promise<Map<string, Uint8Array>> {
  const roots = [inputFile, ...inputRoots].map((root) => prefix + root);
  const entries = (await listTree(commitOrTree, roots, call))
    .map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }))
    .filter(({ path }) => path.split('/').every(isInputName));
  for (const { path, mode } of entries) if (mode === linkMode) reportLink(path, report);
  const files = entries.filter(({ mode }) => mode !== linkMode);
  const blobs = await readBlobs(
    files.map(({ id }) => id),
    call,
  );
  return new Map(files.map(({ path, id }) => [path, (blobs.get(id) ?? new Uint8Array()).subarray(0, longestFile)]));
}
