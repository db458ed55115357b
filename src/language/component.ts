import * as z from 'zod';
import {
  extraContainerSchema,
  groupedEnvironmentSchema,
  initContainerSchema,
  probesSchema,
  programFields,
  resourcesSchema,
} from './container.ts';
import { jobFields } from './job-fields.ts';
import {
  externalSchema,
  furtherServicesSchema,
  ingressSchema,
  mentionSchema,
  networkSchema,
  portsSchema,
  serviceSchema,
} from './networking.ts';
import { annotations, anything, countOrPercent, dnsLabel, kubernetesObject, type Language, labelsOfSelected } from './scalars.ts';
import { volumeSchema } from './volumes.ts';

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
    description: z.string().optional().describe('What it is, for those who read this file'),
    optional: z
      .union([z.boolean(), z.literal('included')])
      .optional()
      .describe(
        'true: off until a profile or environment says `enabled: true`. `included`: on, and in the base, until one says `enabled: false`',
      ),
    enabled: value(z.boolean()).optional().describe('On or off; may follow others, as in ${!components.storage.external}'),
    external: externalSchema(language).optional(),
    workload: z.enum(workloadKinds).optional().describe('Kind of workload; by default Deployment'),
    createdBy: z
      .strictObject({
        component: dnsLabel.describe('The component that creates them'),
        podSelector: kubernetesObject
          .optional()
          .describe('How policies tell its pods, in the words of Kubernetes; by default by the labels of any other component'),
      })
      .optional()
      .describe('Another component creates its pods at run time; here it gets a ServiceAccount and a NetworkPolicy alone'),
    name: dnsLabel
      .optional()
      .describe("Name of the workload; by default the component's key, with the System's prefix where naming says so"),
    image: value(z.string().min(1)).optional().describe('Image of the main container with its tag or digest, such as nginx:1.29'),
    ...programFields(),
    replicas: value(z.int().nonnegative()).optional().describe('How many pods a Deployment or StatefulSet runs; by default 1'),
    ports: portsSchema(language).optional(),
    service: serviceSchema(language).optional(),
    services: furtherServicesSchema(language).optional(),
    url: value(z.string())
      .optional()
      .describe(
        'What ${components.<name>.url} is; by default http://<host>:<port>, with the first port by TCP, or else the first',
      ),
    env: groupedEnvironmentSchema(language)
      .optional()
      .describe('Environment variables of the main container; `$from` names shared groups'),
    volumes: z
      .record(dnsLabel, volumeSchema(language))
      .optional()
      .describe('Volumes of the pod by name: claims, config files, secrets, scratch space'),
    probes: probesSchema(language).optional(),
    lifecycle: anything.optional().describe('Hooks: postStart runs once the container has started, preStop before it is stopped'),
    resources: resourcesSchema(language).optional(),
    strategy: z
      .union([z.enum(['Recreate', 'RollingUpdate', 'OnDelete']), kubernetesObject])
      .optional()
      .describe('Update strategy: its type, or all its fields'),
    ingress: ingressSchema(language).optional(),
    autoscale: z
      .strictObject({
        min: value(z.int().positive()).optional().describe('The fewest pods; by default 1'),
        max: value(z.int().positive()).optional().describe('The most pods; must be said, here or in a layer above'),
        cpu: value(z.int().positive()).optional().describe('Target utilisation in percent of the request'),
        memory: value(z.int().positive()).optional().describe('Target utilisation in percent of the request'),
        metrics: z.array(kubernetesObject).optional().describe('Further metrics to scale by, such as those of a queue'),
        behavior: kubernetesObject.optional().describe('How fast it scales up and down'),
      })
      .optional()
      .describe('A HorizontalPodAutoscaler; the workload then has no replicas of its own'),
    disruptionBudget: z
      .strictObject({
        minAvailable: value(countOrPercent)
          .optional()
          .describe('Pods that must stay while nodes are drained: a number or a percentage; or else `maxUnavailable`'),
        maxUnavailable: value(countOrPercent)
          .optional()
          .describe('Pods that may be away while nodes are drained: a number or a percentage; or else `minAvailable`'),
      })
      .optional()
      .describe('A PodDisruptionBudget, of a Deployment or a StatefulSet'),
    metrics: z
      .strictObject({
        port: z
          .string()
          .optional()
          .describe('Name of the port; by default metrics; where none is called so, the first by TCP, or else the first'),
        path: z.string().optional().describe('Path of the metrics; by default /metrics'),
        interval: z
          .string()
          .optional()
          .describe('How often a ServiceMonitor has them read, such as 30s; by default as Prometheus is set up'),
        timeout: z
          .string()
          .optional()
          .describe('How long one reading by a ServiceMonitor may take, such as 10s; by default as Prometheus is set up'),
      })
      .optional()
      .describe('Prometheus metrics: a ServiceMonitor where the cluster has the CRD, scrape annotations where it has not'),
    needs: z
      .array(z.union([dnsLabel, mentionSchema()]))
      .optional()
      .describe('Components that must be up first, without a reference to them: by name, or by name and ports'),
    talksTo: z
      .array(z.union([dnsLabel, mentionSchema()]))
      .optional()
      .describe(
        'Components that this one may reach over the network, in the same way; orders nothing, also where a reference would',
      ),
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
    securityContext: kubernetesObject
      .optional()
      .describe(
        "Fields laid over the main container's securityContext, which forbids more privileges and drops all capabilities unless `podSecurity` is `privileged`",
      ),
    serviceAccountName: value(z.string())
      .optional()
      .describe(
        'ServiceAccount that the pods run under; by default that of the System, or one of its own where it has permissions',
      ),
    permissions: z
      .array(kubernetesObject)
      .optional()
      .describe('RBAC rules in this namespace; gives the component a ServiceAccount, a Role and a token'),
    clusterPermissions: z.array(kubernetesObject).optional().describe('RBAC rules in the whole cluster'),
    initContainers: z
      .record(dnsLabel, initContainerSchema(language))
      .optional()
      .describe('Containers by name that run to their end, one after the other, before the main one starts'),
    sidecars: z
      .record(dnsLabel, extraContainerSchema(language))
      .optional()
      .describe('Containers by name that run beside the main one'),
    nodeSelector: z.record(z.string(), value(z.string())).optional().describe('Labels that a node must bear to get the pods'),
    tolerations: z.array(kubernetesObject).optional().describe('Taints of nodes that do not keep the pods away'),
    affinity: kubernetesObject
      .optional()
      .describe('Which nodes the pods prefer or need, and which pods they want beside them or far from them'),
    spread: z
      .array(z.enum(['zone', 'node']))
      .optional()
      .describe('Spread pods evenly over zones or nodes'),
    topologySpreadConstraints: z
      .array(kubernetesObject)
      .optional()
      .describe('How pods are spread, where `spread` does not say enough'),
    gpu: z
      .strictObject({
        pool: z.string().optional().describe('Pool of the cluster, under `gpuPools`; by default the first'),
        count: value(z.int().positive()).optional().describe('GPUs of each pod; by default 1'),
      })
      .optional()
      .describe('GPUs of a pool of the cluster'),
    priorityClassName: value(z.string())
      .optional()
      .describe('PriorityClass of the pods: those of higher priority get room first and push out others'),
    runtimeClassName: value(z.string())
      .optional()
      .describe('RuntimeClass that runs the containers, such as kata; the cluster must list it'),
    imagePullSecrets: z
      .array(z.string())
      .optional()
      .describe(
        'Secrets with logins of registries: keys of `secrets`, which come with the System, or names of Secrets that are there',
      ),
    terminationGracePeriodSeconds: z
      .int()
      .nonnegative()
      .optional()
      .describe('Seconds that a pod has to stop by itself before it is killed; by default 30'),
    minReadySeconds: z
      .int()
      .nonnegative()
      .optional()
      .describe('Seconds that a new pod must have been ready to count as available; by default 0'),
    revisionHistoryLimit: z
      .int()
      .nonnegative()
      .optional()
      .describe('How many earlier revisions of the workload the cluster keeps; by default 10'),
    podManagementPolicy: z
      .enum(['OrderedReady', 'Parallel'])
      .optional()
      .describe('Of a StatefulSet: whether pods start and stop one after the other (OrderedReady, the default) or all at once'),
    hostAliases: z.array(kubernetesObject).optional().describe('Further lines of /etc/hosts in the pods'),
    dnsPolicy: z.string().optional().describe('Where the pods look up names; by default ClusterFirst, the DNS of the cluster'),
    shareProcessNamespace: z.boolean().optional().describe('true: the containers of a pod see the processes of each other'),
    ...jobFields(language),
    labels: labelsOfSelected.optional().describe('Labels of all objects of this component'),
    annotations: annotations.optional().describe('Annotations of the workload'),
    podLabels: labelsOfSelected.optional().describe('Further labels of the pods'),
    podAnnotations: annotations.optional().describe('Further annotations of the pods'),
  });
}

export type Component = z.infer<ComponentSchema>;
