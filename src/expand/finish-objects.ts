import { hash } from 'node:crypto';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { copyJson } from '../model/copy-json.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asList, asMap, containersOf, podSpecOf } from '../model/pod-specs.ts';

/**
 * The objects as the cluster gets them: in their namespace, with labels of the environment, and with the
 * hash in the names of ConfigMaps and of all that refer to them. This is what the real kustomize must give.
 */
export function finishObjects(
  objects: readonly DesiredObject[],
  namespace: string,
  labels: Record<string, string>,
): PlainObject[] {
  const hashed = new Map<string, string>();
  for (const object of objects)
    if (object.hashed) hashed.set(object.name, `${object.name}-${contentHash(asMap(object.plain.data) ?? {})}`);
  return objects.map((object) => {
    const finished = copyJson(object.plain);
    const metadata = finished.metadata as PlainObject;
    if (object.namespaced) metadata.namespace ??= namespace;
    if (Object.keys(labels).length > 0) metadata.labels = { ...asMap(metadata.labels), ...labels };
    if (object.hashed) metadata.name = hashed.get(object.name);
    renameReferences(finished, hashed);
    return finished;
  });
}

function renameReferences(object: PlainObject, hashed: ReadonlyMap<string, string>): void {
  const podSpec = podSpecOf(object);
  if (podSpec === undefined || hashed.size === 0) return;
  const rename = (reference: unknown) => {
    const map = asMap(reference);
    const name = hashed.get(String(map?.name));
    if (map !== undefined && name !== undefined) map.name = name;
  };
  for (const container of containersOf(podSpec)) {
    for (const source of asList(container.envFrom)) rename(source.configMapRef);
    for (const variable of asList(container.env)) rename(asMap(variable.valueFrom)?.configMapKeyRef);
  }
  for (const volume of asList(podSpec.volumes)) {
    rename(volume.configMap);
    for (const source of asList(asMap(volume.projected)?.sources)) rename(source.configMap);
  }
}

const substitutes: Record<string, string> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/**
 * The suffix that kustomize gives a ConfigMap: SHA-256 over Go's JSON of it, without letters that spell
 * words. The name does not count: kustomize looks it up where it is not.
 */
export function contentHash(data: PlainObject): string {
  // Written by hand, since JavaScript puts keys such as `10` before all others.
  const entries = Object.entries(data).sort(([a], [b]) => compareText(a, b));
  const members = entries.map(([key, value]) => `${goJson(key)}:${goJson(value)}`).join(',');
  const json = `{"data":${entries.length > 0 ? `{${members}}` : '""'},"kind":"ConfigMap","name":""}`;
  const hex = hash('sha256', json).slice(0, 10);
  return hex.replace(/[013ae]/g, (character) => substitutes[character] as string);
}

/** Go escapes more than JavaScript does. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
