import type { PlainObject } from './desired-object.ts';
import { asList, asMap, containersOf, podSpecOf } from './pod-specs.ts';

const knownToKustomize = new Set([
  'Pod',
  'PodTemplate',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
]);

/** Whether kustomize gives references to a ConfigMap in pods of this kind the name with the hash. */
export function renamedByKustomize({ kind }: { readonly kind?: unknown }): boolean {
  return knownToKustomize.has(String(kind));
}

/** What names a ConfigMap in the pods of an object. */
export function configMapReferences(object: PlainObject): PlainObject[] {
  const podSpec = object.kind === 'PodTemplate' ? asMap(asMap(object.template)?.spec) : podSpecOf(object);
  if (podSpec === undefined) return [];
  const ofContainers = containersOf(podSpec).flatMap((container) => [
    ...asList(container.envFrom).map((source) => source.configMapRef),
    ...asList(container.env).map((variable) => asMap(variable.valueFrom)?.configMapKeyRef),
  ]);
  const ofVolumes = asList(podSpec.volumes).flatMap((volume) => [
    volume.configMap,
    ...asList(asMap(volume.projected)?.sources).map((source) => source.configMap),
  ]);
  return [...ofContainers, ...ofVolumes].map(asMap).filter((reference) => reference !== undefined);
}
