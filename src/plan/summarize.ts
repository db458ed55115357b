import type { Plan } from './plan.ts';

/** `2 overlays change: 1 object created, 2 changed`. */
export function summarize({ changes, unrendered }: Plan): string {
  if (changes.length === 0) return unrendered.length > 0 ? 'no rendered object changes' : 'nothing changes';
  const objects = changes.flatMap((change) => change.objects);
  const counts = (['create', 'change', 'delete'] as const).flatMap((action) => {
    const count = objects.filter((object) => object.action === action).length;
    return count === 0 ? [] : [`${count} ${action === 'change' ? 'changed' : `${action}d`}`];
  });
  const overlays = changes.length === 1 ? '1 overlay differs' : `${changes.length} overlays differ`;
  return `${overlays}; objects: ${counts.join(', ')}`;
}
