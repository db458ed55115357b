import type { DesiredObject } from '../model/desired-object.ts';
import { convention } from '../model/origin.ts';
import { itemsOf, type Tracked } from '../model/tracked.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion } from './expansion.ts';

/** One account for all pods of a System; a component with permissions has its own. */
export function serviceAccountName(component: ResolvedComponent, expansion: Expansion): unknown {
  const { serviceAccountName: own, permissions, clusterPermissions } = component.spec.value;
  if (own !== undefined) return own;
  const granted = permissions ?? clusterPermissions;
  if (granted !== undefined) return { value: component.name, origin: granted.origin };
  return { value: expansion.system.name, origin: convention("pods run under their System's own account") };
}

export function systemServiceAccount(expansion: Expansion): DesiredObject {
  const { system } = expansion;
  return desiredObject(
    { apiVersion: 'v1', kind: 'ServiceAccount', name: system.name, topic: 'shared' },
    { automountServiceAccountToken: false },
    system,
  );
}

/** The account of a component with permissions, its roles and their bindings. */
export function permissionObjects(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const { permissions, clusterPermissions, serviceAccountName: own } = component.spec.value;
  if (permissions === undefined && clusterPermissions === undefined) return [];
  const { system } = expansion;
  const name = String(own?.value ?? component.name);
  const head = { component, topic: component.key };
  const subjects = [
    { kind: 'ServiceAccount', name, namespace: { value: system.namespace.name, origin: system.namespace.origin } },
  ];
  const objects = [desiredObject({ ...head, apiVersion: 'v1', kind: 'ServiceAccount', name }, {}, system)];
  const grant = (kind: 'Role' | 'ClusterRole', bindingKind: string, roleName: string, rules: Tracked, namespaced: boolean) => {
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    objects.push(
      desiredObject(
        { ...head, apiVersion, kind, name: roleName, namespaced },
        { rules: itemsOf(rules as Tracked<unknown[]>) },
        system,
        rules.origin,
      ),
      desiredObject(
        { ...head, apiVersion, kind: bindingKind, name: roleName, namespaced },
        { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: roleName }, subjects },
        system,
        rules.origin,
      ),
    );
  };
  if (permissions !== undefined) grant('Role', 'RoleBinding', component.name, permissions as Tracked, true);
  // Cluster-scoped names are shared by all environments of a cluster.
  if (clusterPermissions !== undefined)
    grant(
      'ClusterRole',
      'ClusterRoleBinding',
      `${system.namespace.name}-${component.name}`,
      clusterPermissions as Tracked,
      false,
    );
  return objects;
}
