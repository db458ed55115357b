import type { ObjectChange } from './change-types.ts';

export const actions = ['create', 'change', 'delete'] as const;
export type Action = (typeof actions)[number];

export const participles: Readonly<Record<Action, string>> = { create: 'created', change: 'changed', delete: 'deleted' };

export function countActions(changes: readonly ObjectChange[], times = 1): Record<Action, number> {
  const counts = { create: 0, change: 0, delete: 0 };
  for (const { action } of changes) counts[action] += times;
  return counts;
}

/** `1 created, 2 changed`. */
export function countText(counts: Readonly<Record<Action, number>>): string {
  return actions
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action].toLocaleString('en')} ${participles[action]}`)
    .join(', ');
}
