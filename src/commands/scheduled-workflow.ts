/** What Argo Workflows runs by the clock: one container that clones the fleet and works in it. */
export interface ScheduledWorkflow {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly schedule: string;
  /** Name of its only step. */
  readonly step: string;
  readonly image: string;
  readonly url: URL;
  readonly branch: string;
  /** From the root of the repository to the fleet. */
  readonly folder: string;
  /** The last line of the script. */
  readonly command: string;
  readonly environment: readonly Record<string, unknown>[];
  /** Of the executor beside the container; by default the one that the container has. */
  readonly executor?: string;
  /** Mounted read-only beside the folder in which it works. */
  readonly mounted?: { readonly mountPath: string; readonly volume: Record<string, unknown> };
}

/** Git asks the helper for this one host only, and the helper finds the token where no list of processes shows it. */
const clone = `set -eu
helper='!token() { test "$1" = get && printf "username=x-access-token\\npassword=%s\\n" "$STOWAGE_TOKEN"; }; token'
git -c credential.helper= -c "credential.$FLEET_HOST.helper=$helper" clone --quiet --branch "$FLEET_BRANCH" -- "$FLEET_REPOSITORY" fleet
cd "fleet/$FLEET_FOLDER"
`;

export function scheduledWorkflow(facts: ScheduledWorkflow): Record<string, unknown> {
  const { metadata, schedule, step, executor = metadata.name, mounted } = facts;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'CronWorkflow',
    metadata,
    spec: {
      schedules: [schedule],
      timezone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      workflowSpec: {
        entrypoint: step,
        activeDeadlineSeconds: 3600,
        serviceAccountName: metadata.name,
        automountServiceAccountToken: false,
        executor: { serviceAccountName: executor },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          fsGroup: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        volumes: [
          { name: 'work', emptyDir: { sizeLimit: '2Gi' } },
          ...(mounted === undefined ? [] : [{ name: 'mounted', ...mounted.volume }]),
        ],
        templates: [{ name: step, container: container(facts) }],
      },
    },
  };
}

function container({ image, url, branch, folder, command, environment, mounted }: ScheduledWorkflow): Record<string, unknown> {
  return {
    image,
    command: ['sh', '-c', `${clone}exec ${command}\n`],
    workingDir: '/work',
    env: [
      { name: 'FLEET_REPOSITORY', value: url.href },
      { name: 'FLEET_HOST', value: url.origin },
      { name: 'FLEET_BRANCH', value: branch },
      { name: 'FLEET_FOLDER', value: folder },
      { name: 'HOME', value: '/work' },
      { name: 'TMPDIR', value: '/work' },
      { name: 'GIT_TERMINAL_PROMPT', value: '0' },
      ...environment,
    ],
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '2', memory: '1Gi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'work', mountPath: '/work' },
      ...(mounted === undefined ? [] : [{ name: 'mounted', mountPath: mounted.mountPath, readOnly: true }]),
    ],
  };
}

/** The executor beside the container reports the result; the container itself sees nothing of this account. */
export function executorAccount(metadata: { readonly name: string; readonly namespace?: string }): Record<string, unknown>[] {
  const rbac = { apiGroup: 'rbac.authorization.k8s.io' };
  const { name, namespace } = metadata;
  const rules = [{ apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] }];
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        ...metadata,
        // The name under which Argo Workflows looks for the token of an executor.
        name: `${name}.service-account-token`,
        annotations: { 'kubernetes.io/service-account.name': name },
      },
      type: 'kubernetes.io/service-account-token',
    },
    { apiVersion: `${rbac.apiGroup}/v1`, kind: 'Role', metadata, rules },
    {
      apiVersion: `${rbac.apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { ...rbac, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, ...(namespace === undefined ? {} : { namespace }) }],
    },
  ];
}

export function fromSecret(secret: string, key: string, optional = false): Record<string, unknown> {
  return { valueFrom: { secretKeyRef: { name: secret, key, ...(optional ? { optional } : {}) } } };
}

/** What Argo Workflows starts is called after it, with a number of eleven characters. */
export function workflowName(command: string, suffix: string): string {
  return `stowage-${command}${suffix}`.toLowerCase().slice(0, 52).replace(/-+$/, '');
}
