import { describe, expect, it } from 'vitest';
import { findKind, findRemoval, kindsOf } from '../../src/kubernetes/find-schema.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import { schemasOf } from './schemas-of.ts';

const flowControl = 'flowcontrol.apiserver.k8s.io/v1beta3';

describe('findKind', () => {
  it.each([
    ['apps/v1', 'Deployment', 'Namespaced'],
    ['v1', 'Service', 'Namespaced'],
    ['v1', 'Namespace', 'Cluster'],
    ['v1', 'PersistentVolume', 'Cluster'],
    ['v1', 'Node', 'Cluster'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'Cluster'],
    ['rbac.authorization.k8s.io/v1', 'Role', 'Namespaced'],
    ['storage.k8s.io/v1', 'StorageClass', 'Cluster'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'Cluster'],
    ['cert-manager.io/v1', 'ClusterIssuer', 'Cluster'],
    ['cert-manager.io/v1', 'Issuer', 'Namespaced'],
    ['external-secrets.io/v1', 'ClusterSecretStore', 'Cluster'],
    ['argoproj.io/v1alpha1', 'AppProject', 'Namespaced'],
  ])('knows the scope of %s %s', (apiVersion, kind, scope) => {
    for (const minor of supportedMinors) expect(findKind(schemasOf(minor), apiVersion, kind)?.scope).toBe(scope);
  });

  it('leaves out what no manifest can create', () => {
    const schemas = schemasOf('1.36');
    for (const kind of ['PodList', 'List', 'Status', 'DeleteOptions', 'constructor']) {
      expect(findKind(schemas, 'v1', kind)).toBeUndefined();
    }
    expect(findKind(schemas, 'policy/v1', 'Eviction')).toBeUndefined();
    expect(findKind(schemas, 'constructor', 'name')).toBeUndefined();
    expect(kindsOf(schemas).filter(({ kind }) => kind.endsWith('List'))).toEqual([]);
  });

  it('has flow control v1beta3 up to 1.31', () => {
    const minors = supportedMinors.filter((minor) => findKind(schemasOf(minor), flowControl, 'FlowSchema'));
    expect(minors).toEqual(['1.29', '1.30', '1.31']);
    expect(findKind(schemasOf('1.31'), flowControl, 'FlowSchema')?.deprecated).toEqual({
      deprecatedIn: '1.29',
      removedIn: '1.32',
      replacement: { apiVersion: 'flowcontrol.apiserver.k8s.io/v1', kind: 'FlowSchema' },
    });
    expect(findKind(schemasOf('1.29'), 'v1', 'Endpoints')?.deprecated).toBeUndefined();
    expect(findKind(schemasOf('1.33'), 'v1', 'Endpoints')?.deprecated?.deprecatedIn).toBe('1.33');
  });
});

describe('kindsOf', () => {
  it('lists kinds of Kubernetes and custom resources', () => {
    const kinds = kindsOf(schemasOf('1.34'));
    expect(kinds).toContainEqual({ apiVersion: 'batch/v1', kind: 'CronJob' });
    expect(kinds).toContainEqual({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret' });
  });
});

describe('findRemoval', () => {
  it('names a replacement that this minor has', () => {
    const removal = findRemoval(schemasOf('1.32'), flowControl, 'FlowSchema');
    expect(removal).toEqual({
      removedIn: '1.32',
      replacement: { apiVersion: 'flowcontrol.apiserver.k8s.io/v1', kind: 'FlowSchema' },
    });
    expect(findRemoval(schemasOf('1.31'), flowControl, 'FlowSchema')).toBeUndefined();
    expect(findRemoval(schemasOf('1.30'), 'networking.k8s.io/v1beta1', 'IngressClass')?.replacement).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
    });
    for (const minor of supportedMinors) {
      const schemas = schemasOf(minor);
      for (const { replacement } of Object.values(schemas.removed).flatMap((kinds) => Object.values(kinds))) {
        if (replacement) expect(findKind(schemas, replacement.apiVersion, replacement.kind)).toBeDefined();
      }
    }
  });

  it('knows alpha kinds that vanished from one minor to the next', () => {
    expect(findRemoval(schemasOf('1.36'), 'resource.k8s.io/v1alpha2', 'ResourceClaim')).toEqual({
      removedIn: '1.31',
      replacement: { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim' },
    });
  });
});
