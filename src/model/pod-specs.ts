import type { PlainObject } from './desired-object.ts';

/** The pod spec inside a workload of any kind, if it has one. */
export function podSpecOf(object: PlainObject): PlainObject | undefined {
  return podSpecPath(object.kind).reduce<PlainObject | undefined>((node, key) => asMap(node?.[key]), object);
}

export function podSpecPath(kind: unknown): readonly string[] {
  if (kind === 'Pod') return ['spec'];
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec'];
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
