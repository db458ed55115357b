import type { Beaten } from '../model/origin.ts';
import { BareMap, dropNulls, isTrackedMap, type Tracked } from '../model/tracked.ts';

/**
 * Lays one tree over another: maps merge, scalars and lists are replaced, null removes. The winner keeps
 * what it beat, so that `why` can tell; a merged map is that of its lowest layer, changed by those above: an
 * environment that changes one field of a component is not to blame for the others.
 */
export function mergeLayers(lower: Tracked | undefined, upper: Tracked | undefined): Tracked | undefined {
  if (upper === undefined) return lower;
  if (lower === undefined) return upper.value === null ? undefined : dropNulls(upper);
  if (upper.value === null) return undefined;
  if (!isTrackedMap(lower) || !isTrackedMap(upper)) return over(dropNulls(upper), lower);
  const value = new BareMap();
  for (const key in lower.value) {
    const merged = mergeLayers(lower.value[key], Object.hasOwn(upper.value, key) ? upper.value[key] : undefined);
    if (merged !== undefined) value[key] = merged;
  }
  for (const key in upper.value) {
    if (Object.hasOwn(lower.value, key)) continue;
    const added = mergeLayers(undefined, upper.value[key]);
    if (added !== undefined) value[key] = added;
  }
  return { value, origin: lower.origin, changedBy: [...(lower.changedBy ?? []), upper.origin, ...(upper.changedBy ?? [])] };
}

export function over(winner: Tracked, loser: Tracked): Tracked {
  const beaten: Beaten = { value: loser.value, origin: loser.origin };
  const { beat = [], ...origin } = winner.origin;
  return { ...winner, origin: { beat: [...beat, beaten, ...(loser.origin.beat ?? [])], ...origin } };
}
