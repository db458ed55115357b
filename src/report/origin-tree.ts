import { convention } from '../model/origin.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import type { OriginTable } from './origin-table.ts';
import type { OriginTree } from './report.ts';

/** What becomes of a whole fleet's objects after they were put together. */
const finishing = convention('what kustomize puts on every object of an overlay');

/** The origins of a finished value, which may hold more than what was tracked; the same ones are said once. */
export function originTree(value: unknown, tracked: Tracked | undefined, table: OriginTable, above = finishing): OriginTree {
  const origin = tracked?.origin ?? above;
  const at = table.add(origin);
  if (typeof value !== 'object' || value === null) return at;
  const children = Object.entries(value).map(([key, child]): [string, OriginTree] => [
    key,
    originTree(child, childOf(tracked, key), table, tracked === undefined ? origin : finishing),
  ]);
  if (children.every(([, child]) => child === at)) return at;
  return { at, in: Array.isArray(value) ? children.map(([, child]) => child) : Object.fromEntries(children) };
}
