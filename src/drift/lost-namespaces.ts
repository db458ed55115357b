import { asMap } from '../model/pod-specs.ts';
import { differenceOf, makerOf } from './cluster-differences.ts';
import { type ClusterQuestion, type Declared, keyOf, nameOf } from './declared.ts';
import type { Difference, ObjectName } from './difference.ts';
import type { Observation } from './observe.ts';

/** Namespaces of which nothing is left. They are told once, and explain all that is missing in them. */
export function lostNamespaces(
  question: ClusterQuestion,
  { live, sees }: Observation,
): { readonly differences: readonly Difference[]; readonly explains: (name: ObjectName) => boolean } {
  const inside = new Map<string, Declared[]>();
  for (const one of question.declared) {
    const { namespace } = nameOf(one.object);
    if (namespace !== null && question.namespaces.has(namespace)) inside.set(namespace, [...(inside.get(namespace) ?? []), one]);
  }
  const lost = new Set<string>();
  const differences: Difference[] = [];
  for (const [namespace, declared] of inside) {
    const names = declared.map(({ object }) => nameOf(object));
    if (names.length < 2 || names.some((name) => !sees(name) || live.has(keyOf(name)))) continue;
    const object: ObjectName = { apiVersion: 'v1', kind: 'Namespace', name: namespace, namespace: null };
    if (!sees(object)) continue;
    lost.add(namespace);
    const overlays = new Set(declared.map(({ overlay }) => overlay));
    const found = live.get(keyOf(object));
    const created = asMap(found?.metadata)?.creationTimestamp;
    differences.push(
      differenceOf(question, {
        what: found === undefined ? 'missing' : 'recreated',
        overlay: overlays.size === 1 ? [...overlays][0] : undefined,
        object,
        owner: found === undefined ? undefined : makerOf(found),
        summary:
          found === undefined
            ? `is not there, nor are the ${names.length} objects that are declared in it`
            : `is there since ${String(created)}, and none of the ${names.length} objects that are declared in it is`,
        advice: 'sync its Applications; what was on its volumes is in a backup, if anywhere',
        live: created,
      }),
    );
  }
  return {
    differences,
    explains: ({ kind, name, namespace }) =>
      (namespace !== null && lost.has(namespace)) || (kind === 'Namespace' && namespace === null && lost.has(name)),
  };
}
