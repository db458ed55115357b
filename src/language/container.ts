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
    .strictObject({
      requests: amounts
        .optional()
        .describe('What a node sets aside for the container, such as {cpu: 100m, memory: 256Mi}; by default the limit'),
      limits: amounts.optional().describe('The most that the container may use; by default no bound'),
    })
    .describe('CPU, memory and other resources, as in Kubernetes');
}

/** Scalars are taken as text, just as they are written; maps are Kubernetes' `valueFrom`. */
export function environmentSchema(_: Language) {
  const scalar = z.union([z.string(), z.number(), z.boolean()]);
  const source = z.strictObject({
    fieldRef: kubernetesObject.optional().describe('A field of the pod, such as {fieldPath: status.podIP}'),
    resourceFieldRef: kubernetesObject
      .optional()
      .describe('A request or limit of a container, such as {resource: limits.memory}'),
    configMapKeyRef: kubernetesObject.optional().describe('A key of a ConfigMap that others make: {name: …, key: …}'),
    secretKeyRef: kubernetesObject.optional().describe('A key of a Secret that others make: {name: …, key: …}'),
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
    scheme: z
      .enum(['HTTP', 'HTTPS'])
      .optional()
      .describe('Of an http probe; by default HTTP. The certificate of HTTPS is not checked'),
    tcp: value(z.union([identifier, port]))
      .optional()
      .describe('Connect to this port'),
    grpc: value(z.union([identifier, port]))
      .optional()
      .describe('Ask the gRPC health service on this port'),
    exec: z.array(value(z.string())).min(1).optional().describe('Run this command; exit code 0 is well'),
    port: value(z.union([identifier, port]))
      .optional()
      .describe('Port of an http probe, by name or number; by default the first of `ports` by TCP, or else the first'),
    initialDelaySeconds: z
      .int()
      .nonnegative()
      .optional()
      .describe('Seconds from the start of the container to the first probe; by default 0'),
    periodSeconds: z.int().positive().optional().describe('Seconds from one probe to the next; by default 10'),
    timeoutSeconds: z
      .int()
      .positive()
      .optional()
      .describe('Seconds after which a probe without an answer has failed; by default 1'),
    failureThreshold: z.int().positive().optional().describe('How many failures in a row count; by default 3'),
    successThreshold: z
      .int()
      .positive()
      .optional()
      .describe('How many successes in a row count after a failure; by default 1, and always so for liveness and startup'),
  });
}

export function probesSchema(language: Language) {
  const probe = probeSchema(language).optional();
  return z
    .strictObject({
      liveness: probe.describe('While it fails, the container is restarted'),
      readiness: probe.describe('While it fails, Services send nothing to the pod'),
      startup: probe.describe('Until it has succeeded once, the other probes wait; failing, it restarts the container'),
    })
    .describe('Health probes of the main container');
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

/** What runs in a container, in a component's own and in those beside it. */
export function programFields() {
  const words = z.array(z.union([z.string(), z.number(), z.boolean()])).optional();
  return {
    imagePullPolicy: z
      .enum(['Always', 'IfNotPresent', 'Never'])
      .optional()
      .describe('When a node pulls the image; by default Always for the tag latest, else IfNotPresent'),
    command: words.describe('Entry point in place of that of the image; values may hold ${…}'),
    args: words.describe('Arguments in place of those of the image; values may hold ${…}'),
    workingDir: z.string().optional().describe('Folder that the command starts in; by default that of the image'),
  };
}

/** An init or side container: the same words as a component's own container. */
export function extraContainerSchema(language: Language) {
  const { value } = language;
  return z.strictObject({
    image: value(z.string().min(1)).optional().describe('Image with its tag or digest, such as busybox:1.37'),
    ...programFields(),
    ports: z.record(portName, value(port)).optional().describe('Ports of this container by name; no Service offers them'),
    env: environmentSchema(language)
      .optional()
      .describe(
        'Environment variables of this container by name. Values may hold ${…}; a value made of secrets is assembled in the pod',
      ),
    mounts: z
      .record(identifier, z.union([z.string(), kubernetesObject]))
      .optional()
      .describe("Volumes of the component by name: a path, or a volumeMount's fields"),
    resources: resourcesSchema(language).optional(),
    probes: probesSchema(language).optional().describe('Health probes of this container'),
    securityContext: kubernetesObject
      .optional()
      .describe('Fields laid over the securityContext of this container, which is like that of the main one'),
    lifecycle: anything.optional().describe('Hooks: postStart runs once the container has started, preStop before it is stopped'),
  });
}
