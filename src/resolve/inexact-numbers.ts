import type { Report } from '../diagnostics/diagnostic.ts';
import { placeOf } from '../model/origin.ts';
import { isTrackedList, isTrackedMap, type Tracked } from '../model/tracked.ts';

export const keptInexactly = `is a whole number beyond ±${Number.MAX_SAFE_INTEGER} and cannot be kept exactly`;

/** The whole numbers in a description that are another number once they are read: `9007199254740993` is …992. */
export function inexactNumbers(tree: Tracked): { node: Tracked; written: string }[] {
  if (isTrackedList(tree)) return tree.value.flatMap(inexactNumbers);
  if (isTrackedMap(tree)) return Object.values(tree.value).flatMap(inexactNumbers);
  const { value, origin } = tree;
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return [];
  // An expression has refused it before.
  if (origin.kind !== 'spec' || origin.expression !== undefined) return [];
  const { file, start, end } = origin.place;
  // An anchor may stand before it.
  const written = file.text.slice(start, end).trim().split(/\s+/).at(-1) ?? '';
  // Who writes 1e20 or 1.5e300 means a number that is nearly so.
  return /^[-+]?0[xo]/.test(written) || !/[.e]/i.test(written) ? [{ node: tree, written }] : [];
}

export function reportInexactNumbers(tree: Tracked | undefined, report: Report): void {
  for (const { node, written } of tree === undefined ? [] : inexactNumbers(tree)) {
    const place = placeOf(node.origin);
    if (place === undefined) continue;
    report({
      code: 'wrong-type',
      severity: 'error',
      message: `${written} ${keptInexactly}`,
      place,
      hint: 'write it as text, in quotes',
    });
  }
}
