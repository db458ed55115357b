import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { resourceName } from '../kubernetes/resource-name.ts';
import { groupOf } from '../model/api-group.ts';
import { looseKinds } from './kinds-to-look-for.ts';

/** Who looks for drift. */
export interface DriftAccount {
  readonly name: string;
  readonly namespace: string;
}

export interface DriftScope {
  /** Those that are declared, Applications included. */
  readonly kinds: readonly { readonly apiVersion: string; readonly kind: string }[];
  /** Namespaces that the fleet manages. */
  readonly namespaces: readonly string[];
  /** Version of the cluster, such as 1.34. */
  readonly kubernetes: string;
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Since 1.30 a policy can refuse what is no dry run. Without it the right to ask for one is the right to change. */
const firstWithPolicies = 30;

export function confirmsByDryRun({ kubernetes }: Pick<DriftScope, 'kubernetes'>): boolean {
  return Number(kubernetes.split('.')[1]) >= firstWithPolicies;
}

/** What `driftRules` leaves in the namespaces of a fleet, where nothing declares it. */
export function isAccessOfDrift({ kind, name }: { readonly kind: string; readonly name: string }): boolean {
  return kind === 'RoleBinding' && /^stowage-drift(-|$)/.test(name);
}

/**
 * What an account must be allowed to look for drift, and no more: the policy comes first, so that nothing may be
 * written before it stands in the way. Its name begins with `stowage-drift`.
 */
export function driftRules(account: DriftAccount, scope: DriftScope): Record<string, unknown>[] {
  const { name } = account;
  const secrets = `${name}-secrets`;
  return [
    ...(confirmsByDryRun(scope) ? onlyDryRuns(account) : []),
    clusterRole(name, rulesOf(scope)),
    binding({ name }, name, account),
    // Only what they are called is asked for, but rights know no such difference: nowhere else than where it must be.
    clusterRole(secrets, [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }]),
    ...[...new Set(scope.namespaces)].sort(compareText).map((namespace) => binding({ name, namespace }, secrets, account)),
  ];
}

const rbac = 'rbac.authorization.k8s.io';

function clusterRole(name: string, rules: readonly Rule[]): Record<string, unknown> {
  return { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules };
}

/** For all of the cluster, or for one namespace. */
function binding(metadata: { readonly name: string; readonly namespace?: string }, role: string, account: DriftAccount) {
  return {
    apiVersion: `${rbac}/v1`,
    kind: metadata.namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata,
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  };
}

/** One list for each kind over all namespaces, and dry runs of what is declared. */
function rulesOf(scope: DriftScope): Rule[] {
  const declared = new Set(scope.kinds.map(({ apiVersion, kind }) => resourceId(apiVersion, kind)));
  const loose = looseKinds.map(([apiVersion, kind]) => resourceId(apiVersion, kind));
  const byRight = new Map<string, string[]>();
  for (const id of [...new Set([...declared, ...loose])].sort(compareText)) {
    const [group = '', resource = ''] = id.split('/');
    if (id === '/secrets') continue;
    const right = confirmsByDryRun(scope) && declared.has(id) && mayBeTried(group) ? `${group} list patch` : `${group} list`;
    byRight.set(right, [...(byRight.get(right) ?? []), resource]);
  }
  return [...byRight].map(([right, resources]) => {
    const [group = '', ...verbs] = right.split(' ');
    return { apiGroups: [group], resources, verbs };
  });
}

/** Rights are only handed on by who has them, even on trial; and no policy watches over policies. */
function mayBeTried(group: string): boolean {
  return group !== rbac && group !== 'admissionregistration.k8s.io';
}

function resourceId(apiVersion: string, kind: string): string {
  return `${groupOf(apiVersion)}/${resourceName(kind)}`;
}

function onlyDryRuns({ name, namespace }: DriftAccount): Record<string, unknown>[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];
  const username = `system:serviceaccount:${namespace}:${name}`;
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations, resources: ['*/*'] }],
        },
        matchConditions: [{ name: 'is-drift', expression: `request.userInfo.username == '${username}'` }],
        validations: [
          {
            expression: 'has(request.dryRun) && request.dryRun',
            message: 'stowage drift looks only: all but dry runs is refused',
          },
        ],
      },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  ];
}
