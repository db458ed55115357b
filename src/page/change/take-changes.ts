import type { ListedChange, ListedFold } from './list-changes.ts';

export interface Taken {
  readonly shown: readonly ListedFold[];
  /** How many changes are left. */
  readonly rest: number;
  /** Whether the one that is aimed at is among those that are shown. */
  readonly has: boolean;
}

/** The first so many changes, and all until the one that is aimed at. */
export function takeChanges(folds: readonly ListedFold[], most: number, aim: ListedChange | undefined): Taken {
  const all = folds.flatMap(({ changes }) => changes);
  const place = aim === undefined ? -1 : all.indexOf(aim);
  const count = Math.max(most, place + 1);
  let left = count;
  const shown = folds.flatMap((one) => {
    if (left <= 0) return [];
    const changes = one.changes.slice(0, left);
    left -= changes.length;
    return [changes.length === one.changes.length ? one : { ...one, changes }];
  });
  return { shown, rest: Math.max(0, all.length - count), has: place >= 0 };
}
