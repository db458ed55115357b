import * as z from 'zod';
import { annotations, dnsLabel, identifier, kubernetesObject, labels, language, quantity, versionName } from './scalars.ts';
import { apiVersion, layerFields } from './system.ts';
import { waiversSchema } from './waiver.ts';
import { schedule, timeZone } from './window-fields.ts';

const patchSchema = () =>
  z.strictObject({
    target: z.strictObject({ kind: z.string(), name: z.string(), apiVersion: z.string().optional() }),
    reason: z.string().min(1).describe('Why this environment differs by hand; kept in the output'),
    merge: kubernetesObject.optional().describe('A strategic-merge patch'),
    json: z
      .array(
        z.strictObject({
          op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
          path: z.string(),
          from: z.string().optional(),
          value: z.unknown().optional(),
        }),
      )
      .optional()
      .describe('A JSON Patch (RFC 6902)'),
  });

const freezeSchema = () =>
  z.strictObject({
    schedule: schedule(),
    duration: z.string().regex(/^\d+[hm]$/, 'must be a duration such as 62h or 30m'),
    timeZone: timeZone().optional(),
  });

const namespaceSchema = () =>
  z.union([
    dnsLabel,
    z.strictObject({
      name: dnsLabel,
      create: z.boolean().optional().describe('false: somebody else makes the namespace'),
      labels: labels.optional(),
      annotations: annotations.optional(),
      quota: z.record(z.string(), quantity).optional().describe('Hard limits of a ResourceQuota'),
    }),
  ]);

const budgetSchema = () =>
  z.strictObject({ cpu: quantity.optional(), memory: quantity.optional(), storage: quantity.optional() });

const systemSettings = () =>
  z.strictObject({
    release: versionName.optional().describe('A frozen release, or head (the default), the System as it is being worked on'),
    namespace: namespaceSchema().optional(),
    profiles: z.array(identifier).optional().describe('Profiles of the System, laid over it in this order'),
    ...layerFields(language('written')),
    patches: z
      .array(patchSchema())
      .optional()
      .describe('Differences that the language has no words for; one that matches nothing is an error'),
    freeze: z.array(freezeSchema()).optional().describe('Windows in which nothing is synced; also Argo CD sync windows'),
    after: z.array(dnsLabel).optional().describe('Systems of this environment that Argo CD syncs first'),
    labels: labels.optional(),
    notSecret: waiversSchema()
      .optional()
      .describe('What looks like a secret and is none: in this entry, or in the System as it runs here'),
    budget: budgetSchema()
      .optional()
      .describe('What this system may request here at minimum scale, all pods and claims together'),
  });

export function environmentDocumentSchema() {
  return z
    .strictObject({
      apiVersion,
      kind: z.literal('Environment'),
      metadata: z.strictObject({ name: dnsLabel }),
      spec: z.strictObject({
        stage: dnsLabel.optional().describe('A stage of stowage.yaml, which says how it is synced and whether it is protected'),
        description: z.string().optional(),
        labels: labels.optional().describe('Labels of every object in this environment'),
        namespace: dnsLabel.optional().describe('One namespace for all systems of this environment'),
        freeze: z.array(freezeSchema()).optional(),
        budget: budgetSchema().optional().describe('What all systems together may request at minimum scale'),
        notSecret: waiversSchema().optional().describe('What looks like a secret in this environment and is none'),
        systems: z.record(dnsLabel, systemSettings()).describe('The systems that run here'),
      }),
    })
    .describe('Which systems run on a cluster, at which release, profile and settings');
}

export type EnvironmentDocument = z.infer<ReturnType<typeof environmentDocumentSchema>>;
export type SystemSettings = z.infer<ReturnType<typeof systemSettings>>;
export type Budget = z.infer<ReturnType<typeof budgetSchema>>;
export type Freeze = z.infer<ReturnType<typeof freezeSchema>>;
