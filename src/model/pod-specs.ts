import type { PlainObject } from './desired-object.ts';

/** The pod spec inside a workload of any kind, if it has one. */
export function podSpecOf(object: PlainObject): PlainObject | undefined {
  let node: PlainObject | undefined = object;
  for (const key of podSpecPath(object.kind)) {
    node = asMap(node[key]);
    if (node === undefined) return undefined;
  }
  return node;
}

const ofPod = ['spec'];
const ofCronJob = ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
const ofOthers = ['spec', 'template', 'spec'];

export function podSpecPath(kind: unknown): readonly string[] {
  if (kind === 'Pod') return ofPod;
  return kind === 'CronJob' ? ofCronJob : ofOthers;
}

export function containersOf(podSpec: PlainObject): PlainObject[] {
  return [...asList(podSpec.initContainers), ...asList(podSpec.containers)];
}

export function asMap(value: unknown): PlainObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PlainObject) : undefined;
}

/** Of maps. What is none keeps its position as an empty one: rules look at lists that the schema is yet to refuse. */
export function asList(value: unknown): PlainObject[] {
  return Array.isArray(value) ? value.map((item) => asMap(item) ?? {}) : [];
}
