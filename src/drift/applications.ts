import * as z from 'zod';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { differenceOf } from './cluster-differences.ts';
import { type ClusterQuestion, type Declared, nameOf } from './declared.ts';
import type { Difference } from './difference.ts';

const statusSchema = z.object({
  health: z.object({ status: z.string(), message: z.string().nullish(), lastTransitionTime: z.string().nullish() }).nullish(),
  operationState: z.object({ phase: z.string(), message: z.string().nullish(), startedAt: z.string().nullish() }).nullish(),
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
  if (data === undefined) return undefined;
  const why = reasonOf(data, question.now);
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

function reasonOf({ health, operationState, conditions }: z.infer<typeof statusSchema>, now: Date): string | undefined {
  const since = (time: string | null | undefined) => (time == null ? 0 : now.getTime() - Date.parse(time));
  const error = conditions?.find(({ type }) => type.endsWith('Error'));
  if (error !== undefined) return `${error.type}: ${short(error.message)}`;
  const { phase, message, startedAt } = operationState ?? {};
  if (phase === 'Failed' || phase === 'Error') return `its last sync failed: ${short(message)}`;
  if (phase === 'Running' && since(startedAt) > patience) return `its sync has been running since ${startedAt}`;
  if (health?.status === 'Degraded') return `is Degraded: ${short(health.message)}`;
  if (health?.status === 'Progressing' && since(health.lastTransitionTime) > patience)
    return `has been Progressing since ${health.lastTransitionTime}`;
  return undefined;
}

const longest = 200;

function short(message: string | null | undefined): string {
  const line = (message ?? 'no reason is given').replaceAll(/[^\x20-\x7e]+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
