import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { bareObjects } from '../plan/bare-objects.ts';
import { concealValues, showable } from '../plan/conceal-values.ts';
import { foldChanges } from '../plan/fold-changes.ts';
import { foldHazards } from '../plan/fold-hazards.ts';
import type { Plan } from '../plan/plan.ts';
import { type PlannedOverlays, planChanges } from '../plan/plan-changes.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import type { ChangePart, Json } from './report.ts';

export interface DescribedChange {
  readonly plan: Plan;
  readonly part: ChangePart;
}

/** `known`: what was planned before from the same state; what is the same since is taken from there. */
export function describeChange(
  before: RenderedState,
  after: RenderedState,
  schemas: KubernetesSchemas,
  known?: PlannedOverlays,
): DescribedChange {
  const plan = planChanges(before, after, { schemas, ...(known && { known }) });
  return { plan, part: changePart(plan, before) };
}

/** A plan as a reader goes through it, with what it would delete: of the state before, which nothing else shows. */
function changePart({ from, to, changes, hazards, unrendered }: Plan, before: RenderedState): ChangePart {
  const deleted = changes.flatMap(({ overlay, objects }) => {
    const gone = new Set(objects.flatMap(({ action, object }) => (action === 'delete' ? [object] : [])));
    if (gone.size === 0) return [];
    const were = bareObjects(before.overlays.get(overlay) ?? []);
    const values = were
      .filter(({ kind, name }) => gone.has(`${kind}/${name}`))
      .map(({ kind, name, plain }): [string, Json] => [`${kind}/${name}`, showable(concealValues(plain)) as Json]);
    return [[overlay, Object.fromEntries(values)] as const];
  });
  return {
    ...{ from, to, unrendered },
    folds: foldChanges(changes),
    hazards: foldHazards(hazards),
    deleted: Object.fromEntries(deleted),
  };
}
