import { printDocuments } from '../model/print-yaml.ts';
import { suffixOf } from './workflows.ts';

/** From the folder of the fleet. */
export const cronWorkflowPath = 'argo-workflows/stowage-promote.yaml';

export interface CronWorkflowFacts {
  readonly image: string;
  readonly url: URL;
  readonly branch: string;
  /** From the root of the repository to the fleet. */
  readonly folder: string;
}

const about = `# Promotes what is due, every quarter of an hour: \`stowage promote --all --due\` in a fresh clone.
# Written by \`stowage init --argo-workflows\`; it is yours to change. It needs Argo Workflows 3.6, and in its namespace
#   kubectl create secret generic stowage-promote --from-file=token=<file> --from-file=argocd-token=<file>
# token: reads and writes the repository and its pull requests; argocd-token: reads Applications, and may be left out.
# Where the fleet lies in another repository than its generated files, name that one: FLEET_REPOSITORY, FLEET_HOST, FLEET_BRANCH.
`;

/** Git asks the helper for this one host only, and the helper finds the token where no list of processes shows it. */
const script = `set -eu
helper='!token() { test "$1" = get && printf "username=x-access-token\\npassword=%s\\n" "$STOWAGE_TOKEN"; }; token'
git -c credential.helper= -c "credential.$FLEET_HOST.helper=$helper" clone --quiet --branch "$FLEET_BRANCH" -- "$FLEET_REPOSITORY" fleet
cd "fleet/$FLEET_FOLDER"
exec stowage promote --all --due
`;

export function cronWorkflow(facts: CronWorkflowFacts): string {
  const name = `stowage-promote${suffixOf(facts.folder).toLowerCase()}`.slice(0, 52).replace(/-+$/, '');
  return `${about}${printDocuments([...account(name), schedule(name, facts)])}`;
}

/** The executor beside the container reports the result; the container itself sees nothing of the API. */
function account(name: string): Record<string, unknown>[] {
  const rbac = { apiGroup: 'rbac.authorization.k8s.io' };
  const rules = [{ apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] }];
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name }, automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      // The name under which Argo Workflows looks for the token of an executor.
      metadata: { name: `${name}.service-account-token`, annotations: { 'kubernetes.io/service-account.name': name } },
      type: 'kubernetes.io/service-account-token',
    },
    { apiVersion: `${rbac.apiGroup}/v1`, kind: 'Role', metadata: { name }, rules },
    {
      apiVersion: `${rbac.apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata: { name },
      roleRef: { ...rbac, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name }],
    },
  ];
}

function schedule(name: string, facts: CronWorkflowFacts): Record<string, unknown> {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'CronWorkflow',
    metadata: { name },
    spec: {
      schedules: ['*/15 * * * *'],
      timezone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      workflowSpec: {
        entrypoint: 'promote',
        activeDeadlineSeconds: 3600,
        serviceAccountName: name,
        automountServiceAccountToken: false,
        executor: { serviceAccountName: name },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          fsGroup: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        volumes: [{ name: 'work', emptyDir: { sizeLimit: '2Gi' } }],
        templates: [{ name: 'promote', container: container(facts) }],
      },
    },
  };
}

function container({ image, url, branch, folder }: CronWorkflowFacts): Record<string, unknown> {
  const secret = (key: string, optional: boolean) => ({
    valueFrom: { secretKeyRef: { name: 'stowage-promote', key, ...(optional ? { optional } : {}) } },
  });
  return {
    image,
    command: ['sh', '-c', script],
    workingDir: '/work',
    env: [
      { name: 'FLEET_REPOSITORY', value: url.href },
      { name: 'FLEET_HOST', value: url.origin },
      { name: 'FLEET_BRANCH', value: branch },
      { name: 'FLEET_FOLDER', value: folder },
      { name: 'HOME', value: '/work' },
      { name: 'TMPDIR', value: '/work' },
      { name: 'GIT_TERMINAL_PROMPT', value: '0' },
      { name: 'STOWAGE_TOKEN', ...secret('token', false) },
      { name: 'ARGOCD_AUTH_TOKEN', ...secret('argocd-token', true) },
    ],
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '2', memory: '1Gi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'work', mountPath: '/work' }],
  };
}
