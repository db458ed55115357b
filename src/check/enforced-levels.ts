import type { DesiredObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Subject } from './rule.ts';

const label = 'pod-security.kubernetes.io/enforce';

export type LevelOf = (object: DesiredObject) => unknown;

/** The Pod Security level that the namespace of an object enforces; none where somebody else makes the namespace. */
export function enforcedLevels({ objects, system }: Subject): LevelOf {
  const namespaces = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace');
  const levels = new Map(namespaces.map(({ name, plain }) => [name, asMap(asMap(plain.metadata)?.labels)?.[label]]));
  return ({ plain }) => levels.get(String(asMap(plain.metadata)?.namespace ?? system.namespace.name));
}
