import * as z from 'zod';
import { dnsLabel } from './scalars.ts';
import { apiVersion } from './system.ts';
import { waiversSchema } from './waiver.ts';

const stageSchema = z.strictObject({
  protected: z.boolean().optional().describe('true: only frozen releases, no cascade deletion, no pruning, no tag `latest`'),
  sync: z.enum(['automatic', 'manual']).optional().describe('Whether Argo CD applies changes by itself; by default automatic'),
  prune: z
    .boolean()
    .optional()
    .describe('Whether Argo CD deletes what is no longer declared; by default not in a protected stage'),
  selfHeal: z.boolean().optional(),
});

export function fleetSchema() {
  return z
    .strictObject({
      apiVersion,
      kind: z.literal('Fleet'),
      metadata: z.strictObject({ name: dnsLabel }),
      spec: z.strictObject({
        description: z.string().optional(),
        repository: z
          .strictObject({
            url: z.string().describe('The config repository as Argo CD reads it'),
            branch: z.string().optional().describe('By default main'),
            path: z.string().optional().describe('Folder of the generated files in it; by default its root'),
          })
          .describe('Where the generated files live'),
        argocd: z.strictObject({ namespace: dnsLabel.optional() }).optional(),
        notSecret: waiversSchema().optional().describe('What looks like a secret in this file and is none'),
        stages: z.record(dnsLabel, stageSchema).optional(),
      }),
    })
    .describe('The fleet: config repository, Argo CD, stages');
}

export type FleetDocument = z.infer<ReturnType<typeof fleetSchema>>;
export type Stage = z.infer<typeof stageSchema>;
