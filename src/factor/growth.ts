import type { AddOperation, Operation, ReplaceOperation } from 'fast-json-patch';
import { deepEqual } from '../model/deep-equal.ts';
import { asMap } from '../model/pod-specs.ts';

/**
 * What switching a part on does to an object that is there without it, as operations that stay exact when
 * several parts are on: fields added and replaced, lists extended at their end. What is not of this kind is
 * left to the overlays that meet it.
 */
export function growth(before: unknown, after: unknown, path = ''): Operation[] {
  if (deepEqual(before, after)) return [];
  const [oldMap, newMap] = [asMap(before), asMap(after)];
  if (oldMap !== undefined && newMap !== undefined) {
    return Object.entries(newMap).flatMap(([key, value]): Operation[] => {
      const at = `${path}/${escapePointer(key)}`;
      if (!Object.hasOwn(oldMap, key)) return [{ op: 'add', path: at, value } satisfies AddOperation<unknown>];
      return growth(oldMap[key], value, at);
    });
  }
  if (Array.isArray(before) && Array.isArray(after)) return listGrowth(before, after, path);
  const scalars = typeof before !== 'object' && typeof after !== 'object';
  return scalars ? [{ op: 'replace', path, value: after } satisfies ReplaceOperation<unknown>] : [];
}

/** New elements at the end, and the growth of those that have kept their name and place. */
function listGrowth(before: readonly unknown[], after: readonly unknown[], path: string): Operation[] {
  const kept = before.every(
    (item, index) => deepEqual(item, after[index]) || (nameOf(item) !== undefined && nameOf(item) === nameOf(after[index])),
  );
  if (!kept || before.length === 0) return [];
  return [
    ...before.flatMap((item, index) => growth(item, after[index], `${path}/${index}`)),
    ...after.slice(before.length).map((value): Operation => ({ op: 'add', path: `${path}/-`, value })),
  ];
}

function nameOf(item: unknown): unknown {
  return asMap(item)?.name;
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
