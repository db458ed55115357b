import type { DesiredObject } from '../model/desired-object.ts';
import { convention } from '../model/origin.ts';
import type { Tracked } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import { confirmDeletion, desiredObject, type Expansion, waveAnnotation } from './expansion.ts';

const levels = ['restricted', 'baseline', 'privileged'] as const;

/** The namespace with the Pod Security level of its least strict component, and its quota. */
export function namespaceObjects(expansion: Expansion): DesiredObject[] {
  const { namespace } = expansion.system;
  if (expansion.system.environment === undefined || !namespace.create) return [];
  const origin = convention('the namespace enforces the level that its components keep to');
  const asked = [...expansion.components.values()]
    .filter((component) => component.state === 'on')
    .map((component) => levels.indexOf(component.spec.value.podSecurity?.value ?? 'restricted'));
  const level = levels[Math.max(0, ...asked)] ?? 'restricted';
  const labels = {
    'pod-security.kubernetes.io/enforce': { value: level, origin },
    'pod-security.kubernetes.io/warn': { value: 'restricted', origin },
    ...mapOf(namespace.labels as Tracked | undefined),
  };
  const annotations = { ...confirmDeletion, ...waveAnnotation(-2), ...mapOf(namespace.annotations as Tracked | undefined) };
  const objects = [
    desiredObject(
      { apiVersion: 'v1', kind: 'Namespace', name: namespace.name, topic: 'namespace', namespaced: false, labels, annotations },
      {},
      expansion.system,
      namespace.origin,
    ),
  ];
  if (namespace.quota !== undefined) {
    objects.push(
      desiredObject(
        { apiVersion: 'v1', kind: 'ResourceQuota', name: expansion.system.name, topic: 'namespace' },
        { spec: { hard: namespace.quota } },
        expansion.system,
        namespace.quota.origin,
      ),
    );
  }
  return objects;
}
