import * as z from 'zod';
import {
  absolutePath,
  accessMode,
  anything,
  configKey,
  dnsLabel,
  kubernetesObject,
  type Language,
  quantityAboveZero,
} from './scalars.ts';

/** Where a volume appears and what it holds; exactly one of size, config, secret, emptyDir, source. */
export function volumeSchema({ value }: Language) {
  return z.strictObject({
    mountPath: value(absolutePath)
      .optional()
      .describe('Where the main container sees it; left out, only init and side containers mount it'),
    subPath: value(z.string()).optional().describe('Folder or file of the volume to mount; by default all of it'),
    readOnly: z.boolean().optional().describe('true: the main container cannot write to it'),
    size: value(quantityAboveZero)
      .optional()
      .describe('A PersistentVolumeClaim (a claim template in a StatefulSet) of this size'),
    persistent: value(z.boolean())
      .optional()
      .describe('false: an emptyDir in place of the claim, until an environment says otherwise'),
    storageClass: value(z.string()).optional().describe("Storage class of the claim; by default the cluster's own default"),
    accessModes: z
      .array(accessMode)
      .optional()
      .describe('How nodes may mount the claim; by default ReadWriteOnce, one node at a time'),
    claimName: z
      .string()
      .optional()
      .describe("Name of the claim; by default the workload's where the System has one such volume for it, else workload-volume"),
    config: z.string().optional().describe('Files of a `config` entry of this System'),
    secret: z.string().optional().describe('Keys of a `secrets` entry of this System as files'),
    items: z.record(configKey, z.string()).optional().describe('Keys to mount, each with its file name; left out, all'),
    mode: z
      .union([z.int(), z.string().regex(/^0[0-7]{3}$/, 'must be a file mode such as 0555')])
      .optional()
      .describe('File mode of config and secret files in octal, such as 0400; quoted or not'),
    emptyDir: kubernetesObject.optional().describe('An emptyDir with these fields ({} for none)'),
    source: kubernetesObject.optional().describe("Any other volume source in Kubernetes' own words"),
  });
}

/** A ConfigMap: its keys are files, each a text or exactly one of file, yaml, json, properties. */
export function configSchema({ value }: Language) {
  const content = z.union([
    value(z.string()),
    z.strictObject({
      file: z.string().optional().describe('A file under files/ of the System'),
      enabled: value(z.boolean()).optional().describe('false: the file is left out'),
      expressions: z.boolean().optional().describe('true: evaluate ${…} in the file; $${ stands for ${'),
      yaml: anything.optional().describe('Written as YAML'),
      json: anything.optional().describe('Written as JSON'),
      properties: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .optional()
        .describe('Written as `key: value` lines'),
      separator: z.string().optional().describe('Between key and value of properties; by default `: `'),
    }),
  ]);
  return z
    .record(configKey, content)
    .describe('A ConfigMap with a hash-suffixed name: a changed file rolls the pods that mount it');
}

export const configName = dnsLabel;
