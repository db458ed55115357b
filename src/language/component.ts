import * as z from 'zod';
import {
  extraContainerSchema,
  groupedEnvironmentSchema,
  initContainerSchema,
  probesSchema,
  resourcesSchema,
} from './container.ts';
import { externalSchema, furtherServicesSchema, ingressSchema, networkSchema, portsSchema, serviceSchema } from './networking.ts';
import { annotations, anything, countOrPercent, dnsLabel, kubernetesObject, type Language, labels } from './scalars.ts';
import { volumeSchema } from './volumes.ts';
import { jobSchedule, zoneName } from './window-fields.ts';

export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

type ComponentSchema = ReturnType<typeof buildComponentSchema>;

const built = new Map<Language['mode'], ComponentSchema>();

/** The largest schema of the language, built once for each mode: Systems, profiles and environments share it. */
export function componentSchema(language: Language): ComponentSchema {
  const schema = built.get(language.mode) ?? buildComponentSchema(language);
  built.set(language.mode, schema);
  return schema;
}

function buildComponentSchema(language: Language) {
  const { value } = language;
  return z.strictObject({
    description: z.string().optional(),
    optional: z.boolean().optional().describe('true: off until a profile or environment says `enabled: true`'),
    enabled: value(z.boolean()).optional().describe('On or off; may follow others, as in ${!components.storage.external}'),
    external: externalSchema(language).optional(),
    workload: z.enum(workloadKinds).optional().describe('Kind of workload; by default Deployment'),
    createdBy: z
      .strictObject({
        component: dnsLabel,
        podSelector: kubernetesObject
          .optional()
          .describe('How policies tell its pods, in the words of Kubernetes; by default by the labels of any other component'),
      })
      .optional()
      .describe('Another component creates its pods at run time; here it gets a ServiceAccount and a NetworkPolicy alone'),
    name: dnsLabel
      .optional()
      .describe("Name of the workload; by default the component's key, with the System's prefix where naming says so"),
    image: value(z.string().min(1)).optional(),
    imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
    command: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
    args: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
    workingDir: z.string().optional(),
    replicas: value(z.int().nonnegative()).optional(),
    ports: portsSchema(language).optional(),
    service: serviceSchema(language).optional(),
    services: furtherServicesSchema(language).optional(),
    url: value(z.string()).optional().describe('What ${components.<name>.url} is; by default http://<host>:<first port>'),
    env: groupedEnvironmentSchema(language)
      .optional()
      .describe('Environment variables of the main container; `$from` names shared groups'),
    volumes: z.record(dnsLabel, volumeSchema(language)).optional(),
    probes: probesSchema(language).optional(),
    lifecycle: anything.optional(),
    resources: resourcesSchema(language).optional(),
    strategy: z
      .union([z.enum(['Recreate', 'RollingUpdate', 'OnDelete']), kubernetesObject])
      .optional()
      .describe('Update strategy: its type, or all its fields'),
    ingress: ingressSchema(language).optional(),
    autoscale: z
      .strictObject({
        min: value(z.int().positive()).optional(),
        max: value(z.int().positive()).optional(),
        cpu: value(z.int().positive()).optional().describe('Target utilisation in percent of the request'),
        memory: value(z.int().positive()).optional(),
        metrics: z.array(kubernetesObject).optional(),
        behavior: kubernetesObject.optional(),
      })
      .optional()
      .describe('A HorizontalPodAutoscaler; the workload then has no replicas of its own'),
    disruptionBudget: z
      .strictObject({ minAvailable: value(countOrPercent).optional(), maxUnavailable: value(countOrPercent).optional() })
      .optional()
      .describe('A PodDisruptionBudget'),
    metrics: z
      .strictObject({
        port: z.string().optional(),
        path: z.string().optional(),
        interval: z.string().optional(),
        timeout: z.string().optional(),
      })
      .optional()
      .describe('Prometheus metrics: a ServiceMonitor where the cluster has the CRD, scrape annotations where it has not'),
    needs: z.array(dnsLabel).optional().describe('Components that must be up first, without a reference to them'),
    talksTo: z
      .array(dnsLabel)
      .optional()
      .describe('Components that this one may reach over the network; orders nothing, also where a reference would'),
    awaited: z
      .boolean()
      .optional()
      .describe('false: nothing waits for this component, since it becomes ready only after others have worked'),
    network: networkSchema(language).optional(),
    runAs: value(z.int().nonnegative()).optional().describe('User, group and filesystem group of the pod'),
    podSecurity: value(z.enum(['restricted', 'baseline', 'privileged']))
      .optional()
      .describe('Pod Security level that this component keeps to; by default restricted'),
    podSecurityContext: kubernetesObject.optional().describe("Fields laid over the pod's securityContext"),
    securityContext: kubernetesObject.optional().describe("Fields laid over the main container's securityContext"),
    serviceAccountName: value(z.string()).optional(),
    permissions: z
      .array(kubernetesObject)
      .optional()
      .describe('RBAC rules in this namespace; gives the component a ServiceAccount, a Role and a token'),
    clusterPermissions: z.array(kubernetesObject).optional().describe('RBAC rules in the whole cluster'),
    initContainers: z.record(dnsLabel, initContainerSchema(language)).optional(),
    sidecars: z.record(dnsLabel, extraContainerSchema(language)).optional(),
    nodeSelector: z.record(z.string(), value(z.string())).optional(),
    tolerations: z.array(kubernetesObject).optional(),
    affinity: kubernetesObject.optional(),
    spread: z
      .array(z.enum(['zone', 'node']))
      .optional()
      .describe('Spread pods evenly over zones or nodes'),
    topologySpreadConstraints: z.array(kubernetesObject).optional(),
    gpu: z
      .strictObject({ pool: z.string().optional(), count: value(z.int().positive()).optional() })
      .optional()
      .describe('GPUs of a pool of the cluster'),
    priorityClassName: value(z.string()).optional(),
    runtimeClassName: value(z.string()).optional(),
    imagePullSecrets: z
      .array(z.string())
      .optional()
      .describe('Names of Secrets; one that `secrets` declares comes with the System'),
    terminationGracePeriodSeconds: z.int().nonnegative().optional(),
    minReadySeconds: z.int().nonnegative().optional(),
    revisionHistoryLimit: z.int().nonnegative().optional(),
    podManagementPolicy: z.enum(['OrderedReady', 'Parallel']).optional(),
    hostAliases: z.array(kubernetesObject).optional(),
    dnsPolicy: z.string().optional(),
    shareProcessNamespace: z.boolean().optional(),
    schedule: value(jobSchedule).optional().describe('Of a CronJob: five fields of cron, or one such as @daily'),
    timeZone: value(zoneName).optional().describe('Of `schedule`, such as Europe/Berlin'),
    concurrencyPolicy: z.enum(['Allow', 'Forbid', 'Replace']).optional(),
    suspend: value(z.boolean()).optional(),
    startingDeadlineSeconds: z.int().nonnegative().optional(),
    successfulJobsHistoryLimit: z.int().nonnegative().optional(),
    failedJobsHistoryLimit: z.int().nonnegative().optional(),
    backoffLimit: z.int().nonnegative().optional(),
    completions: value(z.int().positive()).optional(),
    parallelism: value(z.int().nonnegative()).optional(),
    activeDeadlineSeconds: z.int().positive().optional(),
    restartPolicy: z.enum(['OnFailure', 'Never']).optional().describe('Of a Job or CronJob; by default OnFailure'),
    labels: labels.optional().describe('Labels of all objects of this component'),
    annotations: annotations.optional().describe('Annotations of the workload'),
    podLabels: labels.optional(),
    podAnnotations: annotations.optional(),
  });
}

export type Component = z.infer<ComponentSchema>;
