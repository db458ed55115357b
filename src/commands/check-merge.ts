import type { CheckMerge } from '../forge/merge-locally.ts';

/**
 * For a host that merges text: where a fleet's description lies at this path of the repository, what is merged must be
 * what the merged description means. What that takes is loaded when something is merged.
 */
export function checkMergeBelow(path: string): CheckMerge {
  return async (tree, { folder, signal }) =>
    (await import('./prove-merge.ts')).proveMerge(tree, path, { in: folder, environment: process.env, signal });
}
