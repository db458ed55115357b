import * as z from 'zod';

const name = z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);

const variable = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z.record(z.string(), z.unknown()).optional(),
});

/** The part of the custom resource of Argo Workflows 3.6 that ours uses, and no more of it. */
export const cronWorkflowSchema = z.strictObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('CronWorkflow'),
  // What it starts is called after it, with a number of eleven characters.
  metadata: z.strictObject({ name: name.max(52), namespace: name.optional() }),
  spec: z.strictObject({
    schedules: z.array(z.string().regex(/^\S+( \S+){4}$/)).min(1),
    timezone: z.string(),
    concurrencyPolicy: z.enum(['Allow', 'Forbid', 'Replace']),
    startingDeadlineSeconds: z.int().positive(),
    successfulJobsHistoryLimit: z.int().nonnegative(),
    failedJobsHistoryLimit: z.int().nonnegative(),
    workflowSpec: z.strictObject({
      entrypoint: z.string(),
      activeDeadlineSeconds: z.int().positive(),
      serviceAccountName: name,
      automountServiceAccountToken: z.literal(false),
      // Must be there where no token is mounted.
      executor: z.strictObject({ serviceAccountName: name }),
      securityContext: z.record(z.string(), z.unknown()),
      volumes: z.array(z.record(z.string(), z.unknown())),
      templates: z.tuple([
        z.strictObject({
          name: z.string(),
          container: z.looseObject({ image: z.string(), command: z.array(z.string()).min(1), env: z.array(variable) }),
        }),
      ]),
    }),
  }),
});
