import type { DesiredObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';

/** A word of a component, and what it is to say; null takes away what layers below it say. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Words of the language for fields of an object, from its `spec` on; `*` is any name. */
const ofAnObject: Readonly<Record<string, readonly (readonly [field: string, word: string])[]>> = {
  HorizontalPodAutoscaler: [
    ['minReplicas', 'autoscale.min'],
    ['maxReplicas', 'autoscale.max'],
  ],
  PodDisruptionBudget: same('disruptionBudget.', ['minAvailable', 'maxUnavailable']),
};

const ofAWorkload = same('', [
  ...['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'podManagementPolicy'],
  ...['schedule', 'timeZone', 'suspend', 'concurrencyPolicy', 'startingDeadlineSeconds'],
  ...['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'],
  ...['backoffLimit', 'completions', 'parallelism', 'activeDeadlineSeconds'],
]);

const ofAPod = same('', [
  ...['terminationGracePeriodSeconds', 'priorityClassName', 'runtimeClassName', 'serviceAccountName'],
  ...['dnsPolicy', 'shareProcessNamespace', 'nodeSelector', 'nodeSelector.*'],
]);

const ofAContainer = same('', [
  ...['image', 'imagePullPolicy', 'workingDir', 'command', 'args', 'lifecycle'],
  ...['resources', 'resources.*', 'resources.*.*', 'securityContext.*'],
]);

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
const templates = [
  ['spec', 'jobTemplate', 'spec', 'template'],
  ['spec', 'template'],
];

/** What the component that an object belongs to would say for one of its fields to have this value. */
export function settingsFor(object: DesiredObject, steps: readonly string[], value: unknown): readonly Setting[] {
  const [first, second] = steps;
  if (object.component === undefined) return [];
  if (!workloads.includes(object.kind))
    return first === 'spec' ? wordsOf(ofAnObject[object.kind] ?? [], steps.slice(1), value) : [];
  if (first === 'metadata') return second === 'annotations' ? named('annotations', steps.slice(2), value) : [];
  const template = templates.find((path) => path.every((step, index) => steps[index] === step));
  if (template === undefined) {
    const inJob = object.kind === 'CronJob' && second === 'jobTemplate';
    return first === 'spec' ? wordsOf(ofAWorkload, steps.slice(inJob ? 3 : 1), value) : [];
  }
  return ofTemplate(object, steps.slice(template.length), template, value);
}

function ofTemplate(
  object: DesiredObject,
  steps: readonly string[],
  template: readonly string[],
  value: unknown,
): readonly Setting[] {
  const [first, second, third] = steps;
  if (first === 'metadata' && second === 'labels') return named('podLabels', steps.slice(2), value);
  if (first === 'metadata' && second === 'annotations') return named('podAnnotations', steps.slice(2), value);
  if (first !== 'spec') return [];
  const list = second === 'containers' || second === 'initContainers' ? second : undefined;
  if (list === undefined || third === undefined) return wordsOf(ofAPod, steps.slice(1), value);
  const pod = template.reduce((node, step) => asMap(node?.[step]), asMap(object.plain));
  const containers = asMap(pod?.spec)?.[list];
  const isMain = list === 'containers' && Array.isArray(containers) && asMap(containers[0])?.name === third;
  const at = isMain ? [] : [list === 'containers' ? 'sidecars' : list, third];
  return inContainer(steps.slice(3), value).map((word) => ({ ...word, path: [...at, ...word.path] }));
}

function inContainer(steps: readonly string[], value: unknown): readonly Setting[] {
  const [first, name, part] = steps;
  if (first !== 'env') return wordsOf(ofAContainer, steps, value);
  if (name === undefined) return Array.isArray(value) ? value.flatMap((one) => variable(String(asMap(one)?.name), one)) : [];
  if (part === undefined) return value === undefined ? [setting(['env', name], null)] : variable(name, value);
  return part === 'value' && steps.length === 3 ? [setting(['env', name], value)] : [];
}

/** One of them, or all where there was none before. */
function named(word: string, [name, ...more]: readonly string[], value: unknown): Setting[] {
  if (name !== undefined) return more.length === 0 ? [setting([word, name], value)] : [];
  return Object.entries(asMap(value) ?? {}).map(([key, one]) => setting([word, key], one));
}

function variable(name: string, element: unknown): Setting[] {
  const { value, valueFrom } = asMap(element) ?? {};
  return [setting(['env', name], valueFrom ?? value ?? '')];
}

function wordsOf(words: readonly (readonly [string, string])[], steps: readonly string[], value: unknown): readonly Setting[] {
  for (const [field, word] of words) {
    const parts = field.split('.');
    if (parts.length !== steps.length || !parts.every((part, index) => part === '*' || part === steps[index])) continue;
    const named = steps.filter((_, index) => parts[index] === '*');
    return [
      setting(
        word.split('.').map((part) => (part === '*' ? named.shift() : part)),
        value,
      ),
    ];
  }
  return [];
}

function setting(path: readonly (string | undefined)[], value: unknown): Setting {
  return { path: path.map(String), value: value ?? null };
}

function same(prefix: string, fields: readonly string[]): (readonly [string, string])[] {
  return fields.map((field) => [field, prefix + field] as const);
}
