import * as z from 'zod';

const text = z.union([z.string(), z.number(), z.boolean()]);
const permissions = z.record(z.enum(['contents', 'pull-requests', 'statuses', 'checks', 'issues']), z.enum(['read', 'write']));

/** The part of the syntax of workflows that ours use, and no more of it. */
export const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    pull_request: z.null().optional(),
    merge_group: z.null().optional(),
    push: z.strictObject({ branches: z.array(z.string()).min(1) }).optional(),
    schedule: z.tuple([z.strictObject({ cron: z.string().regex(/^\S+( \S+){4}$/) })]).optional(),
    workflow_dispatch: z
      .strictObject({
        inputs: z.record(z.string(), z.strictObject({ description: z.string(), required: z.boolean() })),
      })
      .nullish(),
  }),
  permissions: z.partialRecord(permissions.keyType, permissions.valueType),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.string(),
      steps: z.array(z.strictObject({ uses: z.string(), with: z.record(z.string(), text).optional() })).min(1),
    }),
  ),
});

export const actionSchema = z.strictObject({
  name: z.literal('Stowage'),
  description: z.string().max(125),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      z.strictObject({
        id: z.string().optional(),
        shell: z.literal('bash'),
        env: z.record(z.string(), z.string()),
        run: z.string(),
      }),
    ),
  }),
});

export type Workflow = z.infer<typeof workflowSchema>;
export type Action = z.infer<typeof actionSchema>;
