import * as z from 'zod';
import {
  annotations,
  dnsLabel,
  identifier,
  kubernetesObject,
  labels,
  labelsOfSelected,
  language,
  quantity,
  versionName,
} from './scalars.ts';
import { apiVersion, layerFields } from './system.ts';
import { waiversSchema } from './waiver.ts';
import { schedule, timeZone } from './window-fields.ts';

const patchSchema = () =>
  z.strictObject({
    target: z
      .strictObject({
        kind: z.string().describe('Kind of the object, such as Deployment'),
        name: z.string().describe('Its name in the output, such as shop-web'),
        apiVersion: z.string().optional().describe('Its apiVersion, where several have the same kind and name; left out, any'),
      })
      .describe('The object that is changed'),
    reason: z.string().min(1).describe('Why this environment differs by hand; kept in the output'),
    merge: kubernetesObject.optional().describe('A strategic-merge patch'),
    json: z
      .array(
        z.strictObject({
          op: z
            .enum(['add', 'remove', 'replace', 'move', 'copy', 'test'])
            .describe('What is done; test only checks that the value is there'),
          path: z.string().describe('Where, as a JSON Pointer such as /spec/replicas; `-` stands for the end of a list'),
          from: z.string().optional().describe('Where move and copy take the value from, as a JSON Pointer'),
          value: z.unknown().optional().describe('The value for add, replace and test'),
        }),
      )
      .optional()
      .describe('A JSON Patch (RFC 6902)'),
  });

const freezeSchema = () =>
  z.strictObject({
    schedule: schedule(),
    duration: z
      .string()
      .regex(/^\d+[hm]$/, 'must be a duration such as 62h or 30m')
      .describe('How long nothing is synced, such as 62h or 30m'),
    timeZone: timeZone().optional(),
  });

const namespaceSchema = () =>
  z.union([
    dnsLabel,
    z.strictObject({
      name: dnsLabel.describe('Name of the namespace'),
      create: z.boolean().optional().describe('false: somebody else makes the namespace'),
      labels: labels.optional().describe('Further labels of the namespace'),
      annotations: annotations.optional().describe('Further annotations of the namespace'),
      quota: z.record(z.string(), quantity).optional().describe('Hard limits of a ResourceQuota'),
    }),
  ]);

const budgetSchema = () =>
  z.strictObject({
    cpu: quantity.optional().describe('CPU cores, such as 4 or 500m; left out, not bounded'),
    memory: quantity.optional().describe('Memory, such as 8Gi; left out, not bounded'),
    storage: quantity.optional().describe('Storage of claims, such as 100Gi; left out, not bounded'),
  });

const systemSettings = () =>
  z.strictObject({
    release: versionName.optional().describe('A frozen release, or head (the default), the System as it is being worked on'),
    namespace: namespaceSchema()
      .optional()
      .describe(
        'Where it runs here: a name, or a name with how the namespace is made; by default that of the environment or of the System',
      ),
    profiles: z.array(identifier).optional().describe('Profiles of the System, laid over it in this order'),
    ...layerFields(language('written')),
    patches: z
      .array(patchSchema())
      .optional()
      .describe('Differences that the language has no words for; one that matches nothing is an error'),
    freeze: z.array(freezeSchema()).optional().describe('Windows in which nothing is synced; also Argo CD sync windows'),
    after: z.array(dnsLabel).optional().describe('Systems of this environment that Argo CD syncs first'),
    labels: labelsOfSelected.optional().describe('Labels of every object of this system here'),
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
      kind: z.literal('Environment').describe('Which kind of document this is'),
      metadata: z
        .strictObject({ name: dnsLabel.describe('Name of the environment; the same as its file') })
        .describe('What identifies the document'),
      spec: z
        .strictObject({
          stage: dnsLabel.optional().describe('A stage of stowage.yaml, which says how it is synced and whether it is protected'),
          description: z.string().optional().describe('What it is, for those who read this file'),
          labels: labelsOfSelected.optional().describe('Labels of every object in this environment'),
          namespace: dnsLabel.optional().describe('One namespace for all systems of this environment'),
          freeze: z
            .array(freezeSchema())
            .optional()
            .describe('Windows in which nothing of this environment is synced, not even by hand'),
          budget: budgetSchema().optional().describe('What all systems together may request at minimum scale'),
          notSecret: waiversSchema().optional().describe('What looks like a secret in this environment and is none'),
          systems: z.record(dnsLabel, systemSettings()).describe('The systems that run here'),
        })
        .describe('What the environment is and what runs in it'),
    })
    .describe('Which systems run on a cluster, at which release, profile and settings');
}

export type EnvironmentDocument = z.infer<ReturnType<typeof environmentDocumentSchema>>;
export type SystemSettings = z.infer<ReturnType<typeof systemSettings>>;
export type Budget = z.infer<ReturnType<typeof budgetSchema>>;
export type Freeze = z.infer<ReturnType<typeof freezeSchema>>;
