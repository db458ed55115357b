import * as z from 'zod';
import { said } from '../cluster/said.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { differenceOf } from './cluster-differences.ts';
import { type ClusterQuestion, type Declared, nameOf } from './declared.ts';
import type { Difference } from './difference.ts';

const statusSchema = z.object({
  health: z.object({ status: z.string(), message: z.string().nullish(), lastTransitionTime: z.string().nullish() }).nullish(),
  operationState: z
    .object({
      phase: z.string(),
      message: z.string().nullish(),
      startedAt: z.string().nullish(),
      finishedAt: z.string().nullish(),
    })
    .nullish(),
  conditions: z.array(z.object({ type: z.string(), message: z.string().nullish() })).nullish(),
});

/** How long a sync or a rollout may take before somebody should look. */
const patience = 3_600_000;

/** An Application that fails or does not get on; that it is out of sync is told field by field. */
export function stuckApplication(
  question: ClusterQuestion,
  { overlay, object }: Declared,
  live: PlainObject,
): Difference | undefined {
  const { data } = statusSchema.safeParse(asMap(live.status) ?? {});
  const created = Date.parse(String(asMap(live.metadata)?.creationTimestamp));
  const why = data === undefined ? 'its status cannot be read' : reasonOf(data, question.now, created);
  if (why === undefined) return undefined;
  return differenceOf(question, {
    what: 'stuck',
    overlay,
    object: nameOf(object),
    field: 'status',
    summary: why,
    advice: `\`argocd app get ${nameOf(object).name}\` says more`,
    // The words of a message change from try to try.
    live: why.split(':')[0],
  });
}

function reasonOf(
  { health, operationState, conditions }: z.infer<typeof statusSchema>,
  now: Date,
  created: number,
): string | undefined {
  const since = (time: string | null | undefined) => (time == null ? 0 : now.getTime() - Date.parse(time));
  const error = conditions?.find(({ type }) => type.endsWith('Error'));
  if (error !== undefined) return `${error.type}: ${said(error.message)}`;
  const { phase, message, startedAt } = operationState ?? {};
  if (phase === 'Failed' || phase === 'Error') return `its last sync failed: ${said(message)}`;
  if (phase === 'Running' && since(startedAt) > patience) return `its sync has been running since ${startedAt}`;
  if (health?.status === 'Degraded') return `is Degraded: ${said(health.message)}`;
  const changed = health?.lastTransitionTime ?? operationState?.finishedAt;
  if (health?.status === 'Progressing' && since(changed) > patience) return `has been Progressing since ${changed}`;
  if (health?.status === 'Unknown') return `its health is Unknown: ${said(health.message)}`;
  if (health == null && now.getTime() - created > patience) return 'nobody has looked at it: does the controller of Argo CD run?';
  return undefined;
}
