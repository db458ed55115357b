import * as z from 'zod';
import { accessMode, dnsLabel, dnsName, labels, quantity, webAddress } from './scalars.ts';
import { checkSecretStorage, secretStorageFields } from './secret-storage.ts';
import { apiVersion } from './system.ts';
import { waiversSchema } from './waiver.ts';

export function clusterSchema() {
  return z
    .strictObject({
      apiVersion,
      kind: z.literal('Cluster').describe('Which kind of document this is'),
      metadata: z
        .strictObject({ name: dnsLabel.describe('Name of the cluster; the same as its folder') })
        .describe('What identifies the document'),
      spec: z
        .strictObject({
          description: z.string().optional().describe('What it is, for those who read this file'),
          kubernetes: z
            .string()
            .regex(/^\d+\.\d+$/, 'must be a version such as "1.34" (in quotes)')
            .describe('Version of its API server'),
          domain: dnsName.optional().describe('DNS domain of the cluster; by default cluster.local'),
          context: z.string().min(1).optional().describe('Context of the kubeconfig by which it is asked; `drift` does'),
          destination: z
            .strictObject({
              server: z.string().optional().describe('Address of its API server, as Argo CD has it'),
              name: z.string().optional().describe('Its name in Argo CD, in place of the address'),
            })
            .optional()
            .describe('The cluster as Argo CD knows it; by default the one that Argo CD runs in'),
          argocd: z
            .strictObject({
              server: webAddress
                .optional()
                .describe('Its API, such as https://argocd.example.com; the token comes from ARGOCD_AUTH_TOKEN'),
              context: z
                .string()
                .min(1)
                .optional()
                .describe('Context of the kubeconfig by which its Application objects are read'),
            })
            .refine(
              ({ server, context }) => (server === undefined) !== (context === undefined),
              'must say one of server and context',
            )
            .optional()
            .describe('How the Argo CD that deploys here is asked whether a system is healthy; promotion does'),
          storageClasses: z
            .record(
              dnsName,
              z.strictObject({
                default: z.boolean().optional().describe('true: taken by claims that name none'),
                accessModes: z.array(accessMode).optional().describe('Those that it offers; left out, any'),
              }),
            )
            .optional()
            .describe('Storage classes it has'),
          ingressClasses: z
            .record(
              dnsName,
              z.strictObject({
                default: z.boolean().optional().describe('true: taken by ingresses that name none'),
                namespace: dnsLabel.optional().describe('Where its controller runs'),
              }),
            )
            .optional()
            .describe('Ingress classes it has'),
          runtimeClasses: z.array(dnsName).optional().describe('Runtime classes it has'),
          customResources: z
            .array(z.string().regex(/^[^/]+\/[^/]+\/[^/]+$/, 'must be group/version/Kind'))
            .optional()
            .describe('Custom resources it knows, as group/version/Kind'),
          gpuPools: z
            .record(
              dnsLabel,
              z.strictObject({
                resource: z.string().optional().describe('Extended resource that pods ask for; by default nvidia.com/gpu'),
                labels: labels.optional().describe('Labels that its nodes bear: pods are placed by them'),
                taint: z
                  .string()
                  .optional()
                  .describe('Key of the NoSchedule taint that its nodes bear and pods tolerate; by default nvidia.com/gpu'),
                count: z.int().nonnegative().optional().describe('GPUs in it, over all of its nodes; left out, any number'),
              }),
            )
            .optional()
            .describe('Nodes with GPUs; a component that names no pool takes the first'),
          capacity: z
            .strictObject({
              cpu: quantity.describe('CPU cores, as a quantity such as 64 or 500m'),
              memory: quantity.describe('Memory, such as 256Gi'),
              storage: quantity.optional().describe('Storage of all claims, such as 2Ti; left out, it is not bounded'),
            })
            .optional()
            .describe('What all environments together may request'),
          nodePorts: z
            .string()
            .regex(/^\d{1,5}-\d{1,5}$/, 'must be a range such as 30000-32767')
            .optional()
            .describe('Range of the node ports that Services may name; by default 30000-32767'),
          loadBalancer: z.boolean().optional().describe('Whether a Service of type LoadBalancer gets an address'),
          metricsServer: z.boolean().optional().describe('Whether autoscalers can read CPU and memory'),
          ...secretStorageFields(),
          notSecret: waiversSchema().optional().describe('What looks like a secret in this file and is none'),
        })
        .superRefine(checkSecretStorage)
        .describe('What the cluster is and what it has'),
    })
    .describe('Facts about a cluster');
}

export type ClusterDocument = z.infer<ReturnType<typeof clusterSchema>>;
