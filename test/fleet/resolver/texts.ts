import type { Any } from '../fleet.ts';
import { find, type PodSet, type Render } from './render.ts';
import { expandReferences, expandShell, variablesOf } from './variables.ts';

export interface Text {
  /** For the reader: the variable, the file, or `command`. */
  readonly where: string;
  readonly text: string;
}

/** All that the programs of a container read about the world, with the variables filled in. */
export function textsOf(container: Any, pods: PodSet, render: Render): Text[] {
  const { values } = variablesOf(container, pods, render);
  const known = [...values].filter(([name]) => name !== 'HOSTNAME').map(([name, text]) => ({ where: name, text }));
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((name) => [name, container[name]?.exec?.command]);
  const hooks = ['postStart', 'preStop'].map((name) => [name, container.lifecycle?.[name]?.exec?.command]);
  const commands = [['command', [...(container.command ?? []), ...(container.args ?? [])]], ...probes, ...hooks].flatMap(
    ([where, words]) =>
      words === undefined ? [] : [{ where, text: expandShell(expandReferences(words.join(' '), values), values) }],
  );
  const files = filesOf(container, pods, render).map(({ where, text }) => ({
    where,
    text: where.endsWith('.py') ? quoted(text) : expandShell(text, values),
  }));
  return [...known, ...commands, ...files];
}

/** The files that a container mounts from ConfigMaps. */
export function filesOf(container: Any, pods: PodSet, render: Render): Text[] {
  const mounts: Any[] = container.volumeMounts ?? [];
  return mounts.flatMap(({ name, subPath }) => {
    const volume = pods.pod.volumes?.find((one: Any) => one.name === name);
    const sources = volume?.configMap ? [volume.configMap] : (volume?.projected?.sources ?? []).map((one: Any) => one.configMap);
    return sources.filter(Boolean).flatMap((source: Any) => {
      const data = Object.entries(find(render, 'ConfigMap', source.name)?.data ?? {});
      return data
        .filter(([key]) => source.items === undefined || source.items.some((item: Any) => item.key === key))
        .map(([key, text]) => ({ where: source.items?.find((item: Any) => item.key === key)?.path ?? key, text: String(text) }))
        .filter(({ where }) => subPath === undefined || where === subPath);
    });
  });
}

/** Only what stands between quotation marks: elsewhere a program has colons of its own. */
function quoted(text: string): string {
  return [...text.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(([, double, single]) => double ?? single).join('\n');
}
