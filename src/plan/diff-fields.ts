import { create, type Delta } from 'jsondiffpatch';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { describePath, type Step } from './field-path.ts';
import { contentKey, type ListKeys } from './list-keys.ts';

/** One difference, before it is put into words. */
export interface FieldDifference {
  readonly path: string;
  /** In the object after; in the one before for what is removed. */
  readonly address: readonly (string | number)[];
  readonly action: 'add' | 'remove' | 'set' | 'order';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Where a walk stands in both objects. */
interface Position {
  readonly path: readonly Step[];
  readonly address: readonly (string | number)[];
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two versions of an object, by field in the order of their names. */
export function diffFields(before: PlainObject, after: PlainObject, keys: ListKeys): FieldDifference[] {
  const differ = create({
    objectHash: (element) => keys(element) ?? contentKey(element),
    cloneDiffValues: false,
  });
  return below(differ.diff(before, after), { path: [], address: [], before, after }, keys);
}

function below(delta: Delta, position: Position, keys: ListKeys): FieldDifference[] {
  if (delta === undefined) return [];
  if (Array.isArray(delta)) return [changed(delta.length === 1 ? 'add' : delta.length === 2 ? 'set' : 'remove', position)];
  return '_t' in delta ? belowList(delta as Record<string, Delta>, position, keys) : belowMap(delta, position, keys);
}

function changed(action: 'add' | 'set' | 'remove', { path, address, before, after }: Position): FieldDifference {
  return {
    path: describePath(path),
    address,
    action,
    ...(action === 'add' ? {} : { before }),
    ...(action === 'remove' ? {} : { after }),
  };
}

function belowMap(delta: Record<string, Delta>, position: Position, keys: ListKeys): FieldDifference[] {
  const [before, after] = [position.before, position.after] as [PlainObject, PlainObject];
  return Object.keys(delta)
    .sort(compareText)
    .flatMap((key) =>
      below(
        delta[key],
        { path: [...position.path, { key }], address: [...position.address, key], before: before[key], after: after[key] },
        keys,
      ),
    );
}

/** `_3` is what stood at 3 before, and was removed or moved; `3` is what stands there now. */
function belowList(delta: Record<string, Delta>, position: Position, keys: ListKeys): FieldDifference[] {
  const [before, after] = [position.before, position.after] as [unknown[], unknown[]];
  const entries = Object.entries(delta).filter(([key]) => key !== '_t');
  const at = (index: number, list: readonly unknown[], sides: Pick<Position, 'before' | 'after'>): Position => ({
    path: [...position.path, { element: elementName(list[index], index, keys) }],
    address: [...position.address, index],
    ...sides,
  });
  const isMove = (change: Delta) => Array.isArray(change) && change[2] === 3;
  const indexed = entries.map(([key, change]) => ({ gone: key.startsWith('_'), index: Number(key.replace('_', '')), change }));
  const removed = indexed
    .filter(({ gone, change }) => gone && !isMove(change))
    .sort((a, b) => a.index - b.index)
    .map(({ index }) => changed('remove', at(index, before, { before: before[index], after: undefined })));
  const present = indexed.filter(({ gone }) => !gone).sort((a, b) => a.index - b.index);
  const inside = present.flatMap(({ index, change }) => {
    const element = after[index];
    const earlier = Array.isArray(change) ? undefined : before.find((other) => sameElement(other, element, keys));
    return below(change, at(index, after, { before: earlier, after: element }), keys);
  });
  const moved = indexed.some(({ gone, change }) => gone && isMove(change));
  const order = (list: readonly unknown[]) => list.map((element, index) => elementName(element, index, keys));
  const reordered: FieldDifference[] = moved
    ? [
        {
          path: describePath(position.path),
          address: position.address,
          action: 'order',
          before: order(before),
          after: order(after),
        },
      ]
    : [];
  return [...removed, ...inside, ...reordered];
}

function sameElement(one: unknown, other: unknown, keys: ListKeys): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const key = keys(one);
  return key !== undefined && key === keys(other);
}

/** By its key; a plain value in a list of them by itself would be said twice, so by where it stands. */
function elementName(element: unknown, index: number, keys: ListKeys): string {
  const key = typeof element === 'object' && element !== null ? keys(element) : undefined;
  return key ?? String(index);
}
