import type { ChangeSet } from '../publish/change-set.ts';
import type { Difference } from './difference.ts';

/** An edit of the repository that is to be taken back. */
export interface Reverted {
  readonly difference: Difference;
  /** Files that it comes from. */
  readonly files: readonly string[];
}

/** Those of a repository, with the files that they come from. */
export function revertedOf(
  differences: readonly Difference[],
  files: ReadonlyMap<string, readonly string[]>,
): readonly Reverted[] {
  return differences.flatMap((difference) =>
    difference.between === 'repository' ? [{ difference, files: files.get(difference.id) ?? [] }] : [],
  );
}

/** The names of the pull requests that take them back: of a file that several share, with one of them. */
export function revertKeys(reverted: readonly Reverted[], sets: readonly ChangeSet[]): ReadonlySet<string> {
  return new Set(
    reverted.flatMap(({ difference: { overlay }, files }) => {
      const holding = sets.filter((set) => set.files.some(({ path }) => files.includes(path)));
      const own = holding.find(({ name }) => name === overlay);
      const chosen = own ?? holding.find(({ covers }) => overlay !== undefined && covers.includes(overlay)) ?? holding[0];
      return chosen === undefined ? [] : [chosen.name];
    }),
  );
}
