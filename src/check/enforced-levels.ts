import type { DesiredObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Subject } from './rule.ts';

const label = 'pod-security.kubernetes.io/enforce';

/** The Pod Security level that each namespace of a system enforces; none where somebody else makes the namespace. */
export function enforcedLevels({ objects }: Subject): ReadonlyMap<string, unknown> {
  const namespaces = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace');
  return new Map(namespaces.map(({ name, plain }) => [name, asMap(asMap(plain.metadata)?.labels)?.[label]]));
}

export function namespaceIn({ system }: Subject, { plain }: DesiredObject): string {
  return String(asMap(plain.metadata)?.namespace ?? system.namespace.name);
}
