import * as z from 'zod';
import type { DeploymentStatus, UnknownStatus } from './deployment-status.ts';

/** Shown to people, so without anything that a terminal would act upon. */
const word = z.string().regex(/^[\x21-\x7e]{1,256}$/, 'must be one word');
const time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' });
const revisions = { revision: z.union([word, z.literal('')]).nullish(), revisions: z.array(word).nullish() };

// The API of Argo CD leaves kind and apiVersion out.
const applicationSchema = z.object({
  apiVersion: z.literal('argoproj.io/v1alpha1').nullish(),
  kind: z.literal('Application').nullish(),
  metadata: z.object({ name: word, deletionTimestamp: z.unknown().optional() }),
  operation: z.record(z.string(), z.unknown()).nullish(),
  status: z
    .object({
      sync: z.object({ status: word, ...revisions }).nullish(),
      health: z.object({ status: word, lastTransitionTime: time.nullish() }).nullish(),
      operationState: z.object({ phase: z.enum(['Running', 'Terminating', 'Failed', 'Error', 'Succeeded']) }).nullish(),
      history: z
        .array(z.object({ ...revisions, deployedAt: time }).refine((entry) => revisionOf(entry) !== undefined, 'has no revision'))
        .nullish(),
    })
    .nullish(),
});

const operations = {
  Running: 'running',
  Terminating: 'running',
  Failed: 'failed',
  Error: 'failed',
  Succeeded: 'succeeded',
} as const;

/** What an Application object of Argo CD says; from the outside, so it may be anything. */
export function statusOfApplication(object: unknown): DeploymentStatus | UnknownStatus {
  const { data, error } = applicationSchema.safeParse(object);
  if (data === undefined) {
    const [issue] = error.issues;
    return { unknown: ['the Application cannot be read', issue?.path.join('.'), issue?.message].filter(Boolean).join(': ') };
  }
  const { metadata, operation, status } = data;
  const { name } = metadata;
  if (metadata.deletionTimestamp != null) return { unknown: `the Application ${name} is being deleted` };
  if (status?.sync == null || status.health == null)
    return {
      unknown: `Argo CD has not looked at the Application ${name} yet: it has no ${status?.sync == null ? 'sync' : 'health'} status`,
    };
  const history = (status.history ?? []).map(({ deployedAt, ...entry }) => ({ revision: revisionOf(entry) ?? '', deployedAt }));
  return {
    application: name,
    sync: status.sync.status,
    health: status.health.status,
    revision: revisionOf(status.sync),
    // One that is asked for and not yet begun stands beside the status.
    operation: operation != null ? 'running' : status.operationState == null ? 'none' : operations[status.operationState.phase],
    healthSince: status.health.lastTransitionTime ?? undefined,
    // Argo CD appends.
    history: history.reverse(),
  };
}

/** With several sources, that of the first. */
function revisionOf({ revision, revisions }: { revision?: string | null; revisions?: string[] | null }): string | undefined {
  return revisions?.[0] ?? (revision || undefined);
}
