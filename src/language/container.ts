import * as z from 'zod';
import {
  absolutePath,
  anything,
  environmentVariable,
  identifier,
  kubernetesObject,
  type Language,
  port,
  portName,
  quantity,
} from './scalars.ts';

export function resourcesSchema({ value }: Language) {
  const amounts = z.record(z.string(), value(quantity));
  return z
    .strictObject({ requests: amounts.optional(), limits: amounts.optional() })
    .describe('CPU, memory and other resources, as in Kubernetes');
}

/** Scalars are taken as text, just as they are written; maps are Kubernetes' `valueFrom`. */
export function environmentSchema(_: Language) {
  const scalar = z.union([z.string(), z.number(), z.boolean()]);
  const source = z.strictObject({
    fieldRef: kubernetesObject.optional(),
    resourceFieldRef: kubernetesObject.optional(),
    configMapKeyRef: kubernetesObject.optional(),
    secretKeyRef: kubernetesObject.optional(),
  });
  return z
    .record(environmentVariable, z.union([scalar, source]))
    .describe('Environment variables by name. Values may hold ${…}; a value made of secrets is assembled in the pod');
}

/** The variables of a component or of a shared group: they may begin with what other groups hold. */
export function groupedEnvironmentSchema(language: Language) {
  const own = environmentSchema(language);
  return z
    .object({
      $from: z
        .union([z.string(), z.array(z.string())])
        .optional()
        .describe(
          'Shared groups by name, from `env` of the System; of a variable in several the last one wins, and one beside it over all',
        ),
    })
    .catchall(own.valueType)
    .superRefine((variables, context) => {
      for (const name of Object.keys(variables)) {
        const { error } = name === '$from' ? {} : environmentVariable.safeParse(name);
        if (error !== undefined)
          context.addIssue({ code: 'invalid_key', origin: 'record', issues: error.issues, path: [name], input: name });
      }
    });
}

export function probeSchema({ value }: Language) {
  return z.strictObject({
    http: value(absolutePath).optional().describe('GET this path; 2xx and 3xx are well'),
    scheme: z.enum(['HTTP', 'HTTPS']).optional(),
    tcp: value(z.union([identifier, port]))
      .optional()
      .describe('Connect to this port'),
    grpc: value(z.union([identifier, port]))
      .optional()
      .describe('Ask the gRPC health service on this port'),
    exec: z.array(value(z.string())).min(1).optional().describe('Run this command; exit code 0 is well'),
    port: value(z.union([identifier, port]))
      .optional()
      .describe('Port of an http probe, by name or number; by default the first of `ports`'),
    initialDelaySeconds: z.int().nonnegative().optional(),
    periodSeconds: z.int().positive().optional(),
    timeoutSeconds: z.int().positive().optional(),
    failureThreshold: z.int().positive().optional(),
    successThreshold: z.int().positive().optional(),
  });
}

export function probesSchema(language: Language) {
  const probe = probeSchema(language).optional();
  return z.strictObject({ liveness: probe, readiness: probe, startup: probe }).describe('Health probes of the main container');
}

/** An init container; it may be a sidecar that starts before the main one and goes on. */
export function initContainerSchema(language: Language) {
  return extraContainerSchema(language).extend({
    restartPolicy: z
      .enum(['Always'])
      .optional()
      .describe('Always makes an init container a sidecar that starts before the main one'),
  });
}

/** An init or side container: the same words as a component's own container. */
export function extraContainerSchema(language: Language) {
  const { value } = language;
  return z.strictObject({
    image: value(z.string()).optional(),
    imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
    command: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
    args: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
    workingDir: z.string().optional(),
    ports: z.record(portName, value(port)).optional(),
    env: environmentSchema(language).optional(),
    mounts: z
      .record(identifier, z.union([z.string(), kubernetesObject]))
      .optional()
      .describe("Volumes of the component by name: a path, or a volumeMount's fields"),
    resources: resourcesSchema(language).optional(),
    probes: probesSchema(language).optional(),
    securityContext: kubernetesObject.optional(),
    lifecycle: anything.optional(),
  });
}
