import { confirmsByDryRun, type DriftScope, driftRules } from '../drift/access.ts';
import { printDocuments } from '../model/print-yaml.ts';
import type { CronWorkflowFacts } from './cron-workflow.ts';
import { executorAccount, fromSecret, scheduledWorkflow, workflowName } from './scheduled-workflow.ts';
import { suffixOf } from './workflows.ts';

const namespace = 'stowage-drift';
const secret = 'stowage-drift';

/** From the folder of the fleet. */
export function driftWorkflowPath(cluster: string): string {
  return `argo-workflows/stowage-drift-${cluster}.yaml`;
}

/** What looks for drift on a cluster from inside of it, with the rights that this needs. */
export function driftWorkflow(cluster: string, scope: DriftScope, facts: CronWorkflowFacts): string {
  const name = workflowName('drift', suffixOf(facts.folder));
  const executor = { name: `${name}-executor`, namespace };
  const workflow = scheduledWorkflow({
    ...facts,
    metadata: { name, namespace },
    schedule: '17 4 * * *',
    step: 'drift',
    // The context is the account of the pod, whatever cluster.yaml says for people.
    command: 'stowage drift --cluster "$FLEET_CLUSTER" --context inClusterContext --issue',
    environment: [
      { name: 'FLEET_CLUSTER', value: cluster },
      { name: 'STOWAGE_TOKEN', ...fromSecret(secret, 'token') },
    ],
    executor: executor.name,
    // Mounted by hand: the container has the token of this account and the executor that of its own.
    mounted: { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', volume: accountOfPod },
  });
  return `${about(cluster, scope)}${printDocuments([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: false },
    ...driftRules({ name, namespace }, scope),
    ...executorAccount(executor),
    workflow,
  ])}`;
}

const accountOfPod = {
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ],
  },
};

function about(cluster: string, scope: DriftScope): string {
  const rights = confirmsByDryRun(scope)
    ? `# Its account may list what the fleet declares here and try changes of it; a policy refuses it all but the trying.`
    : `# Its account may list what the fleet declares here. Before Kubernetes 1.30 no policy can hold it to trying changes only,
# so it may not try any, and differences are told unconfirmed.`;
  return `# Looks every day for what on cluster ${cluster} is not as declared: \`stowage drift --issue\` in a fresh clone, on that cluster.
# Written by \`stowage init --argo-workflows\`; it is yours to change. It needs Argo Workflows 3.6, which watches this namespace, and
#   kubectl -n ${namespace} create secret generic ${secret} --from-file=token=<file>
# token: reads the repository, and reads and writes its issues.
${rights}
# Kinds and namespaces are those of the fleet when this was written: once it uses others, move this file away and have it
# written anew. Secrets are listed by name only, in the namespaces of the fleet.
# Where the fleet lies in another repository than its generated files, name that one: FLEET_REPOSITORY, FLEET_HOST, FLEET_BRANCH.
`;
}
