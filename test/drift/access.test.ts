import { describe, expect, test } from 'vitest';
import { driftRules, isAccessOfDrift } from '../../src/drift/access.ts';
import { looseKinds } from '../../src/drift/kinds-to-look-for.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import { resourceName } from '../../src/kubernetes/resource-name.ts';
import { validateObject } from '../../src/kubernetes/validate-object.ts';
import { schemasOf } from '../kubernetes/schemas-of.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever lies in a Kubernetes object
type Any = any;

const account = { name: 'stowage-drift', namespace: 'tools' };
const kinds = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'v1', kind: 'Namespace' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' },
];
const made = (kubernetes: string): Any[] => driftRules(account, { kinds, namespaces: ['shop', 'cart', 'shop'], kubernetes });

/** `verb group/resource` by namespace; what is allowed everywhere has none. */
function allowed(objects: Any[]): Map<string, string[]> {
  const rulesOf = (name: string) => objects.find(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === name).rules;
  return new Map(
    objects
      .filter(({ kind }) => kind === 'ClusterRoleBinding' || kind === 'RoleBinding')
      .map(({ metadata, roleRef }) => [
        metadata.namespace ?? '',
        rulesOf(roleRef.name).flatMap((rule: Any) =>
          rule.verbs.flatMap((verb: string) =>
            rule.apiGroups.flatMap((group: string) => rule.resources.map((resource: string) => `${verb} ${group}/${resource}`)),
          ),
        ),
      ]),
  );
}

describe.each(supportedMinors)('Kubernetes %s', (minor) => {
  const objects = made(minor);
  const rights = allowed(objects);
  const everywhere = rights.get('') ?? [];

  test('knows all that is written', () => {
    for (const object of objects) expect(validateObject(object, schemasOf(minor))).toEqual([]);
  });

  test('lets the account list what is declared or looked for, and nothing else', () => {
    const listed = everywhere.filter((right) => right.startsWith('list '));
    const loose = looseKinds.map(([apiVersion, kind]) => {
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
      return `list ${group}/${resourceName(kind)}`;
    });
    const declared = ['list admissionregistration.k8s.io/validatingadmissionpolicies', 'list argoproj.io/applications'];
    const wanted = new Set([...loose, ...declared, 'list /namespaces']);
    wanted.delete('list /secrets');
    expect(listed.sort()).toEqual([...wanted].sort());
  });

  test('shows Secrets in managed namespaces only, and lets none of them be written', () => {
    expect(everywhere.filter((right) => right.includes('secrets'))).toEqual([]);
    expect([...rights.keys()]).toEqual(['', 'cart', 'shop']);
    for (const namespace of ['cart', 'shop']) expect(rights.get(namespace)).toEqual(['list /secrets']);
  });

  test('binds the account and nobody else, and tells what it leaves in the namespaces of the fleet', () => {
    const bindings = objects.filter(({ kind }) => /RoleBinding$/.test(kind));
    expect(bindings).toHaveLength(3);
    for (const { subjects } of bindings) expect(subjects).toEqual([{ kind: 'ServiceAccount', ...account }]);
    const within = objects.filter(({ metadata }) => metadata.namespace !== undefined);
    expect(within).toHaveLength(2);
    for (const { kind, metadata } of within) expect(isAccessOfDrift({ kind, name: metadata.name })).toBe(true);
    expect(isAccessOfDrift({ kind: 'RoleBinding', name: 'stowage-drifter' })).toBe(false);
    expect(isAccessOfDrift({ kind: 'Role', name: 'stowage-drift' })).toBe(false);
  });

  test('lets nothing be tried that no policy watches over', () => {
    const tried = everywhere.filter((right) => !right.startsWith('list '));
    const policy = objects.find(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    const binding = objects.find(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
    if (minor === '1.29') {
      expect({ tried, policy, binding }).toEqual({ tried: [], policy: undefined, binding: undefined });
      return;
    }
    expect(tried.sort()).toEqual([
      'patch /configmaps',
      'patch /namespaces',
      'patch apps/deployments',
      'patch argoproj.io/applications',
    ]);
    expect(objects.slice(0, 2)).toEqual([policy, binding]);
    expect(binding.spec).toEqual({ policyName: policy.metadata.name, validationActions: ['Deny'] });
    const { failurePolicy, matchConstraints, matchConditions, validations } = policy.spec;
    expect(failurePolicy).toBe('Fail');
    expect(matchConstraints.resourceRules[0]).toMatchObject({
      resources: ['*/*'],
      operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
    });
    expect(matchConditions[0].expression).toBe("request.userInfo.username == 'system:serviceaccount:tools:stowage-drift'");
    expect(validations[0].expression).toBe('has(request.dryRun) && request.dryRun');
  });
});
