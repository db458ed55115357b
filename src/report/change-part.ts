import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { bareObjects } from '../plan/bare-objects.ts';
import { concealValues, showable } from '../plan/conceal-values.ts';
import { foldChanges } from '../plan/fold-changes.ts';
import { foldHazards } from '../plan/fold-hazards.ts';
import { planChanges } from '../plan/plan-changes.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import type { ChangePart, Json } from './report.ts';

/** The plan from one state to the other, with what it would delete. */
export function changePart(before: RenderedState, after: RenderedState, schemas: KubernetesSchemas): ChangePart {
  const plan = planChanges(before, after, { schemas });
  const deleted = plan.changes.flatMap(({ overlay, objects }) => {
    const gone = new Set(objects.flatMap(({ action, object }) => (action === 'delete' ? [object] : [])));
    if (gone.size === 0) return [];
    const were = bareObjects(before.overlays.get(overlay) ?? []);
    const values = were
      .map(({ kind, name, plain }): [string, Json] => [`${kind}/${name}`, showable(concealValues(plain)) as Json])
      .filter(([object]) => gone.has(object));
    return [[overlay, Object.fromEntries(values)] as const];
  });
  return { plan, folds: foldChanges(plan.changes), hazards: foldHazards(plan.hazards), deleted: Object.fromEntries(deleted) };
}
