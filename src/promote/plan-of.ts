import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { Plan } from '../plan/plan.ts';
import { planChanges } from '../plan/plan-changes.ts';
import type { ChangedFleet } from './change-fleet.ts';
import type { Desk } from './desk.ts';

/** What a change does to what runs. Lists are matched as the newest Kubernetes matches them, which knows most. */
export function planOf({ before, after }: ChangedFleet, { schemas }: Desk['options']): Plan {
  return planChanges(before, after, { schemas: schemas(supportedMinors.at(-1) as string) as KubernetesSchemas });
}
