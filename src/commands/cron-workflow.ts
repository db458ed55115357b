import { printDocuments } from '../model/print-yaml.ts';
import { executorAccount, fromSecret, type ScheduledWorkflow, scheduledWorkflow, workflowName } from './scheduled-workflow.ts';
import { suffixOf } from './workflows.ts';

/** From the folder of the fleet. */
export const cronWorkflowPath = 'argo-workflows/stowage-promote.yaml';

export type CronWorkflowFacts = Pick<ScheduledWorkflow, 'image' | 'url' | 'branch' | 'folder'>;

const about = `# Promotes what is due, every quarter of an hour: \`stowage promote --all --due\` in a fresh clone.
# Written by \`stowage init --argo-workflows\`; it is yours to change. It needs Argo Workflows 3.6, and in its namespace
#   kubectl create secret generic stowage-promote --from-file=token=<file> --from-file=argocd-token=<file>
# token: reads and writes the repository and its pull requests; argocd-token: reads Applications, and may be left out.
# Where the fleet lies in another repository than its generated files, name that one: FLEET_REPOSITORY, FLEET_HOST, FLEET_BRANCH.
`;

export function cronWorkflow(facts: CronWorkflowFacts): string {
  const metadata = { name: workflowName('promote', suffixOf(facts.folder)) };
  const workflow = scheduledWorkflow({
    ...facts,
    metadata,
    schedule: '*/15 * * * *',
    step: 'promote',
    command: 'stowage promote --all --due',
    environment: [
      { name: 'STOWAGE_TOKEN', ...fromSecret('stowage-promote', 'token') },
      { name: 'ARGOCD_AUTH_TOKEN', ...fromSecret('stowage-promote', 'argocd-token', true) },
    ],
  });
  return `${about}${printDocuments([...executorAccount(metadata), workflow])}`;
}
