import type { Any } from '../fleet.ts';
import { unknown } from './addresses-in.ts';
import { find, type PodSet, type Render } from './render.ts';

export interface Variables {
  readonly values: ReadonlyMap<string, string>;
  /** Where a value names a variable that is not there, or comes only after it: Kubernetes then leaves `$(NAME)` as it is. */
  readonly complaints: readonly string[];
}

/** The variables of a container as the first pod sees them. */
export function variablesOf(container: Any, pods: PodSet, render: Render): Variables {
  const ordinal = pods.object.kind === 'StatefulSet' ? '-0' : `-${unknown}`;
  const values = new Map([['HOSTNAME', `${pods.name}${ordinal}`]]);
  const complaints: string[] = [];
  for (const { configMapRef, prefix = '' } of container.envFrom ?? [])
    for (const [key, value] of Object.entries(find(render, 'ConfigMap', configMapRef?.name)?.data ?? {}))
      values.set(`${prefix}${key}`, String(value));
  for (const { name, value, valueFrom } of container.env ?? []) {
    if (valueFrom !== undefined) values.set(name, fieldOrKey(valueFrom, pods, render));
    else {
      const text = String(value ?? '');
      for (const missing of missingIn(text, values)) complaints.push(`${name}: $(${missing}) is no variable before it`);
      values.set(name, expandReferences(text, values));
    }
  }
  return { values, complaints };
}

function fieldOrKey(valueFrom: Any, pods: PodSet, render: Render): string {
  const { fieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  if (fieldRef?.fieldPath === 'metadata.namespace') return render.namespace;
  if (fieldRef?.fieldPath === 'metadata.name' && pods.object.kind === 'StatefulSet') return `${pods.name}-0`;
  if (configMapKeyRef) return String(find(render, 'ConfigMap', configMapKeyRef.name)?.data?.[configMapKeyRef.key] ?? unknown);
  const template = find(render, 'SealedSecret', secretKeyRef?.name)?.spec?.template;
  return String(template?.data?.[secretKeyRef?.key] ?? template?.stringData?.[secretKeyRef?.key] ?? unknown);
}

const reference = /(?<!\$)\$\(([A-Za-z_][\w.-]*)\)/g;

function missingIn(text: string, values: ReadonlyMap<string, string>): string[] {
  return [...text.matchAll(reference)].map(([, name = '']) => name).filter((name) => !values.has(name));
}

/** As Kubernetes does. */
export function expandReferences(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(reference, (whole, name) => values.get(name) ?? whole);
}

/** As a shell would; what it computes is not known. */
export function expandShell(text: string, values: ReadonlyMap<string, string>): string {
  return text
    .replace(/(?<!\$)\$\{(\w+)\}|(?<!\$)\$([A-Za-z_]\w*)/g, (_, braced, plain) => values.get(braced ?? plain) ?? unknown)
    .replace(/\$\{[^}\n]*\}|\$\([^()\n]*\)|\$[@#*?!$\d]/g, unknown);
}
