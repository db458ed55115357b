import type { PlainObject } from './desired-object.ts';

/** The pod spec inside a workload of any kind, if it has one. */
export function podSpecOf(object: PlainObject): PlainObject | undefined {
  const spec = asMap(object.spec);
  if (object.kind === 'Pod') return spec;
  const template = object.kind === 'CronJob' ? asMap(asMap(asMap(spec?.jobTemplate)?.spec)?.template) : asMap(spec?.template);
  return asMap(template?.spec);
}

export function containersOf(podSpec: PlainObject): PlainObject[] {
  return [...asList(podSpec.initContainers), ...asList(podSpec.containers)];
}

export function asMap(value: unknown): PlainObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PlainObject) : undefined;
}

export function asList(value: unknown): PlainObject[] {
  return Array.isArray(value) ? (value as PlainObject[]) : [];
}
