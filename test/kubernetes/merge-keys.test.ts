import { describe, expect, it } from 'vitest';
import { isStructured, resolveSchema } from '../../src/kubernetes/find-schema.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import { fieldMergeOf, mergeKeyOf } from '../../src/kubernetes/merge-keys.ts';
import type { KubernetesSchemas, Schema } from '../../src/kubernetes/schema-types.ts';
import { schemasOf } from './schemas-of.ts';

/** All lists below a definition that merge, as `path: key`. */
function mergingLists(schemas: KubernetesSchemas, start: Schema): string[] {
  const found: string[] = [];
  const visit = (schema: Schema, path: string): void => {
    const resolved = resolveSchema(schemas, schema);
    if (!isStructured(resolved)) return;
    if (resolved.type === 'list') {
      if (resolved.mergeKey !== undefined) found.push(`${path}: ${resolved.mergeKey}`);
      visit(resolved.items, path);
    }
    if (resolved.type !== 'object') return;
    for (const [name, field] of Object.entries(resolved.properties)) visit(field, path ? `${path}.${name}` : name);
  };
  visit(start, '');
  return found.sort();
}

const containerLists = (name: string): string[] => [
  `${name}.env: name`,
  `${name}.ports: containerPort`,
  `${name}.volumeDevices: devicePath`,
  `${name}.volumeMounts: mountPath`,
  `${name}: name`,
];

describe('mergeKeyOf', () => {
  it.each(supportedMinors)('knows every merging list of a pod in %s', (minor) => {
    const expected = [
      ...containerLists('containers'),
      ...containerLists('ephemeralContainers'),
      ...containerLists('initContainers'),
      'hostAliases: ip',
      'imagePullSecrets: name',
      'resourceClaims: name',
      'schedulingGates: name',
      'topologySpreadConstraints: topologyKey',
      'volumes.ephemeral.volumeClaimTemplate.metadata.ownerReferences: uid',
      'volumes: name',
    ];
    expect(mergingLists(schemasOf(minor), 'core.v1.PodSpec')).toEqual(expected.sort());
  });

  const pod = ['spec', 'template', 'spec'];
  it.each<[string, string, (string | number)[], string | undefined]>([
    ['apps/v1', 'Deployment', [...pod, 'containers'], 'name'],
    ['apps/v1', 'Deployment', [...pod, 'containers', 0, 'ports'], 'containerPort'],
    ['apps/v1', 'Deployment', [...pod, 'containers', 'ports'], 'containerPort'],
    ['apps/v1', 'Deployment', [...pod, 'initContainers', 2, 'volumeMounts'], 'mountPath'],
    ['batch/v1', 'CronJob', ['spec', 'jobTemplate', ...pod, 'volumes'], 'name'],
    ['v1', 'Service', ['spec', 'ports'], 'port'],
    ['v1', 'ServiceAccount', ['secrets'], 'name'],
    ['v1', 'Pod', ['metadata', 'ownerReferences'], 'uid'],
    ['v1', 'Pod', ['metadata', 'finalizers'], undefined],
    ['apps/v1', 'Deployment', [...pod, 'containers', 0, 'args'], undefined],
    ['apps/v1', 'Deployment', [...pod, 'containers', 0, 'envFrom'], undefined],
    ['apps/v1', 'Deployment', [...pod, 'tolerations'], undefined],
    ['apps/v1', 'StatefulSet', ['spec', 'volumeClaimTemplates'], undefined],
    ['networking.k8s.io/v1', 'Ingress', ['spec', 'rules'], undefined],
    ['rbac.authorization.k8s.io/v1', 'Role', ['rules'], undefined],
    ['apps/v1', 'Deployment', ['spec', 'nonsense', 'containers'], undefined],
    ['apps/v1', 'Deployment', [], undefined],
    ['cert-manager.io/v1', 'Certificate', ['metadata', 'ownerReferences'], undefined],
    ['example.org/v1', 'Thing', ['spec', 'containers'], undefined],
  ])('gives for %s %s %j: %s', (apiVersion, kind, path, key) => {
    for (const minor of supportedMinors) expect(mergeKeyOf(schemasOf(minor), apiVersion, kind, path)).toBe(key);
  });
});

describe('fieldMergeOf', () => {
  it('gives strategies without a key, and all keys where there are more', () => {
    const schemas = schemasOf('1.36');
    const merge = (kind: string, ...path: string[]) =>
      fieldMergeOf(schemas, kind === 'PodDisruptionBudget' ? 'policy/v1' : 'apps/v1', kind, path);
    expect(merge('Deployment', 'metadata', 'finalizers')).toEqual({ patchStrategy: 'merge', mergeKeys: [] });
    expect(merge('Deployment', 'spec', 'strategy')).toEqual({ patchStrategy: 'retainKeys', mergeKeys: [] });
    expect(merge('PodDisruptionBudget', 'spec', 'selector')).toEqual({ patchStrategy: 'replace', mergeKeys: [] });
    expect(merge('Deployment', 'spec', 'template', 'spec', 'volumes')).toEqual({
      patchStrategy: 'merge,retainKeys',
      mergeKey: 'name',
      mergeKeys: ['name'],
    });
    expect(merge('Deployment', 'spec', 'template', 'spec', 'containers', 'ports')).toEqual({
      patchStrategy: 'merge',
      mergeKey: 'containerPort',
      mergeKeys: ['containerPort', 'protocol'],
    });
    expect(merge('Deployment', 'spec', 'template', 'spec', 'tolerations')).toBeUndefined();
  });
});
