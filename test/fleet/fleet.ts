import { loadAll } from 'js-yaml';
import { type CompileResult, compile } from '../../src/index.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import { readTree, referenceInputs, repository, withFiles } from '../support/fleet-files.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever lies in a Kubernetes object
export type Any = any;

const decoder = new TextDecoder();

export const inputs = referenceInputs();

/** The fleet that this repository is, compiled from the sources. */
export const fleet: CompileResult = compile(inputs);

/**
 * Nothing can be sealed for a cluster that names no certificate, so what is missing there is no news. Once all
 * clusters of the fleet name one, this leaves nothing out.
 */
export function withoutUnsealable<Told extends { code: string; path: string }>(diagnostics: readonly Told[]): Told[] {
  return diagnostics.filter(({ code, path }) => {
    const cluster = inputs.get(`${path.split('/').slice(0, 2).join('/')}/cluster.yaml`);
    return code !== 'unsealed-secret' || cluster === undefined || /^ {2}sealing:/m.test(decoder.decode(cluster));
  });
}

/** What lies on disk where generated files belong. */
export function committed(): Map<string, string> {
  return new Map(
    ['base', 'overlays', 'argocd'].flatMap((folder) =>
      [...readTree(`${repository}/${folder}`)].map(([path, text]): [string, string] => [`${folder}/${path}`, text]),
    ),
  );
}

export function parseObjects(text: string): Any[] {
  return loadAll(text).filter((document) => document !== null && document !== undefined);
}

/** The environments and systems with their objects: `dev/thunderline` → objects. */
export const renders: readonly { name: string; environment: string; system: string; objects: readonly Any[] }[] = [
  ...fleet.objects,
].map(([name, objects]) => {
  const [environment = '', system = ''] = name.split('/');
  return { name, environment, system, objects };
});

export function objectsOf(name: string, result: CompileResult = fleet): readonly Any[] {
  const objects = result.objects.get(name);
  if (objects === undefined) throw new Error(`nothing is rendered as ${name}`);
  return objects;
}

/** One object by `Kind/name`; what the compiler appends to the name of a ConfigMap is left out. */
export function get(name: string, id: string, result: CompileResult = fleet): Any {
  const found = objectsOf(name, result).find((object) => idOf(object) === id);
  if (found === undefined) throw new Error(`${name} has no ${id}`);
  return found;
}

export function idOf(object: PlainObject | Any): string {
  const name = object.metadata.name as string;
  return `${object.kind}/${object.kind === 'ConfigMap' ? name.replace(/-[a-z0-9]{10}$/, '') : name}`;
}

export interface Workload {
  readonly id: string;
  readonly object: Any;
  readonly pod: Any;
  /** Without init containers. */
  readonly main: Any;
  readonly containers: readonly Any[];
}

export function workloadsOf(objects: readonly Any[]): Workload[] {
  return objects.flatMap((object) => {
    const pod = object.spec?.template?.spec ?? object.spec?.jobTemplate?.spec?.template?.spec;
    if (pod?.containers === undefined) return [];
    return [
      { id: idOf(object), object, pod, main: pod.containers[0], containers: [...(pod.initContainers ?? []), ...pod.containers] },
    ];
  });
}

/** All variables of a container, also those that it takes from ConfigMaps; a secret as `secret <name>/<key>`. */
export function variablesOf(container: Any, objects: readonly Any[]): Map<string, string> {
  const variables = new Map<string, string>();
  for (const from of container.envFrom ?? []) {
    const map = objects.find((object) => object.kind === 'ConfigMap' && object.metadata.name === from.configMapRef?.name);
    for (const [key, value] of Object.entries(map?.data ?? {})) variables.set(key, String(value));
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const secret = valueFrom?.secretKeyRef;
    const field = valueFrom?.fieldRef?.fieldPath;
    variables.set(name, secret ? `secret ${secret.name}/${secret.key}` : field ? `field ${field}` : String(value ?? ''));
  }
  return variables;
}

export function variables(name: string, workload: string, result: CompileResult = fleet): Map<string, string> {
  return variablesOf(get(name, workload, result).spec.template.spec.containers[0], objectsOf(name, result));
}

/** The fleet with other texts in one input; each old text must be there. */
export function changed(path: string, ...replacements: readonly (readonly [string, string])[]): CompileResult {
  return compile(withFiles(inputs, { [path]: replaced(path, replacements) }));
}

function replaced(path: string, replacements: readonly (readonly [string, string])[]): string {
  // A budget is for the fleet as it is, not for all that can be switched on.
  let text = decoder.decode(inputs.get(path)).replaceAll(/^ *budget: .*\n/gm, '');
  for (const [before, after] of replacements) {
    if (!text.includes(before)) throw new Error(`${path} has no «${before}»`);
    text = text.replace(before, () => after);
  }
  return text;
}

export function clean(result: CompileResult): CompileResult {
  if (!result.ok) throw new Error(result.diagnostics.map((one) => JSON.stringify(one)).join('\n'));
  return result;
}

/** Lines of `key: value`, as Fluss reads them. */
export function propertiesOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
}
