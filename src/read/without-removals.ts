import type * as z from 'zod';
import { dropNulls, isTrackedMap, type Tracked, type TrackedMap } from '../model/tracked.ts';
import { haveNoField, schemasAt } from './describe-schema.ts';

const layerWords = new Set(['parameters', 'env', 'config', 'components', 'objects']);

/**
 * In a layer null removes what lower layers say, so it fits every field there; elsewhere it fits none. What is
 * no field at all stays, for the schema to complain of.
 */
export function withoutRemovals(tree: Tracked, kind: string, schema: z.ZodType): Tracked {
  const noField = (map: readonly string[], key: string) => haveNoField(schemasAt(schema, map), key);
  if (kind === 'System') return changeAt(tree, ['spec', 'profiles'], (profiles, path) => dropNulls(profiles, noField, path));
  return kind === 'Environment'
    ? changeAt(tree, ['spec', 'systems', '*'], (settings, path) => withoutRemovalsOfLayer(settings, noField, path))
    : tree;
}

function withoutRemovalsOfLayer(
  settings: Tracked,
  noField: (map: readonly string[], key: string) => boolean,
  path: readonly string[],
): Tracked {
  if (!isTrackedMap(settings)) return settings;
  const own = Object.entries(settings.value).filter(([word]) => !layerWords.has(word));
  const dropped = dropNulls(settings, noField, path).value as TrackedMap;
  return { ...settings, value: { ...dropped, ...Object.fromEntries(own) } };
}

/** The tree with what lies at a path changed; `*` is every key. */
function changeAt(
  tree: Tracked,
  [key, ...rest]: readonly string[],
  change: (tree: Tracked, path: readonly string[]) => Tracked,
  path: readonly string[] = [],
): Tracked {
  if (key === undefined) return change(tree, path);
  if (!isTrackedMap(tree)) return tree;
  const changed = Object.entries(tree.value)
    .filter(([name]) => key === '*' || name === key)
    .map(([name, value]) => [name, changeAt(value, rest, change, [...path, name])]);
  return { ...tree, value: { ...tree.value, ...Object.fromEntries(changed) } };
}
