import { hash } from 'node:crypto';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { configMapReferences, renamedByKustomize } from '../model/config-map-references.ts';
import { copyJson } from '../model/copy-json.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';

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
  for (const object of objects) if (object.hashed) hashed.set(object.name, `${object.name}-${contentHash(object.plain)}`);
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
  if (hashed.size === 0) return;
  const renamed = (name: unknown) => hashed.get(String(name)) ?? name;
  for (const reference of renamedByKustomize(object) ? configMapReferences(object) : [])
    if (reference.name !== undefined) reference.name = renamed(reference.name);
  if (object.kind === 'Role' || object.kind === 'ClusterRole')
    for (const rule of asList(object.rules))
      if (Array.isArray(rule.resourceNames)) rule.resourceNames = rule.resourceNames.map(renamed);
  const annotations = object.kind === 'Ingress' ? asMap(asMap(object.metadata)?.annotations) : undefined;
  if (annotations?.[fastcgiParameters] !== undefined) annotations[fastcgiParameters] = renamed(annotations[fastcgiParameters]);
}

const fastcgiParameters = 'nginx.ingress.kubernetes.io/fastcgi-params-configmap';

const substitutes: Record<string, string> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/**
 * The suffix that kustomize gives a ConfigMap: SHA-256 over Go's JSON of it, without letters that spell
 * words. The name does not count: kustomize looks it up where it is not.
 */
export function contentHash({ data, binaryData }: PlainObject): string {
  const binary = binaryData === undefined ? '' : `"binaryData":${goMap(binaryData)},`;
  const json = `{${binary}"data":${goMap(data)},"kind":"ConfigMap","name":""}`;
  const hex = hash('sha256', json).slice(0, 10);
  return hex.replace(/[013ae]/g, (character) => substitutes[character] as string);
}

/** Written by hand, since JavaScript puts keys such as `10` before all others. */
function goMap(map: unknown): string {
  const entries = Object.entries(asMap(map) ?? {}).sort(([a], [b]) => compareText(a, b));
  return entries.length > 0 ? `{${entries.map(([key, value]) => `${goJson(key)}:${goJson(value)}`).join(',')}}` : '""';
}

/** Go escapes more than JavaScript does. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
