/** Who runs the workflows. */
export type Runner = 'github' | 'gitea';

export interface WorkflowFacts {
  readonly runner: Runner;
  /** What `uses:` names: the repository and the commit of Stowage. */
  readonly action: string;
  /** From the root of the repository to the fleet. */
  readonly fleet: string;
  /** What is published: every push to this branch. */
  readonly branch: string;
  /** Whether stowage.yaml says in what order environments get what is new. */
  readonly promotes: boolean;
  /** Clusters that are asked for what runs there. */
  readonly drifts: 'all' | readonly string[];
}

const checkout = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
const setupNode = 'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0';

/** Workflows by path from the root of the repository. */
export function workflows(facts: WorkflowFacts): Record<string, string> {
  const folder = facts.runner === 'github' ? '.github/workflows' : '.gitea/workflows';
  const suffix = suffixOf(facts.fleet);
  return {
    [`${folder}/stowage-check${suffix}.yaml`]: checkWorkflow(facts, suffix),
    [`${folder}/stowage-publish${suffix}.yaml`]: publishWorkflow(facts, suffix),
    ...(facts.promotes ? { [`${folder}/stowage-promote${suffix}.yaml`]: promoteWorkflow(facts, suffix) } : {}),
    ...(facts.drifts.length > 0 ? { [`${folder}/stowage-drift${suffix}.yaml`]: driftWorkflow(facts, suffix) } : {}),
  };
}

/** Tells the workflows of one fleet from those of another in the same repository. */
export function suffixOf(fleet: string): string {
  return fleet === '.' ? '' : `-${fleet.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

function checkWorkflow(facts: WorkflowFacts, suffix: string): string {
  const { runner } = facts;
  return `# Compiles what a pull request proposes, and says in one comment what it would change in the rendered objects.
# Written by \`stowage init --${runner}\`; it is yours to change.
name: stowage check${suffix}
on:
  pull_request:
${runner === 'github' ? '  # Looks at what a merge queue is about to merge, where the branch has one.\n  merge_group:\n' : ''}${note(runner)}permissions:
  contents: read
  pull-requests: write
concurrency:
  group: stowage-check${suffix}-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: ${from(runner, checkout)}
        with:
          persist-credentials: false
${
  runner === 'github'
    ? `          # The commit that merging would make, and the one before it.
          fetch-depth: 2`
    : `          # Back to where the branch began.
          fetch-depth: 0`
}
      - uses: ${from(runner, setupNode)}
        with:
          node-version: 22
      - uses: ${facts.action}
        with:
          command: check
          host: ${runner}
          fleet: ${JSON.stringify(facts.fleet)}
          token: \${{ github.token }}
`;
}

function publishWorkflow(facts: WorkflowFacts, suffix: string): string {
  const { runner } = facts;
  return `# Offers what is compiled on ${facts.branch} to the config repository, as pull requests.
# Written by \`stowage init --${runner}\`; it is yours to change.
name: stowage publish${suffix}
on:
  push:
    branches: [${JSON.stringify(facts.branch)}]
  workflow_dispatch:
    inputs:
      allow-delete:
        description: Objects that may be deleted or replaced, as Kind/name with blanks between them
        required: false
${note(runner)}permissions:
  contents: write
  pull-requests: write
  statuses: write
# One after the other, and none is broken off.
concurrency:
  group: stowage-publish${suffix}
  cancel-in-progress: false
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: ${from(runner, checkout)}
        with:
          persist-credentials: false
          # Whether what was published before is older than this is told by the history.
          fetch-depth: 0
      - uses: ${from(runner, setupNode)}
        with:
          node-version: 22
      - uses: ${facts.action}
        with:
          command: publish
          host: ${runner}
          fleet: ${JSON.stringify(facts.fleet)}
          # The token of a workflow reaches its own repository only, and what it opens starts no other workflow.
          token: \${{ secrets.STOWAGE_TOKEN || github.token }}
          allow-delete: \${{ inputs.allow-delete }}
`;
}

function promoteWorkflow(facts: WorkflowFacts, suffix: string): string {
  const { runner } = facts;
  return `# Offers what is due to the next environments, and merges what may be merged without a person.
# Written by \`stowage init --${runner}\`; it is yours to change.
name: stowage promote${suffix}
on:
  # By the clock of UTC, on the main branch.
  schedule:
    - cron: "*/15 * * * *"
  workflow_dispatch:
${note(runner)}permissions:
  contents: write
  pull-requests: write
  statuses: write
  # What checks say of a commit that is to be merged.
  checks: read
# One after the other, and none is broken off.
concurrency:
  group: stowage-promote${suffix}
  cancel-in-progress: false
jobs:
  promote:
    runs-on: ubuntu-latest
    steps:
      - uses: ${from(runner, checkout)}
        with:
          persist-credentials: false
          # What an environment has, and since when, is told by the history.
          fetch-depth: 0
      - uses: ${from(runner, setupNode)}
        with:
          node-version: 22
      - uses: ${facts.action}
        with:
          command: promote
          host: ${runner}
          fleet: ${JSON.stringify(facts.fleet)}
          # The token of a workflow reaches its own repository only, and what it opens starts no other workflow.
          token: \${{ secrets.STOWAGE_TOKEN || github.token }}
          argocd-token: \${{ secrets.ARGOCD_AUTH_TOKEN }}
`;
}

function driftWorkflow(facts: WorkflowFacts, suffix: string): string {
  const { runner } = facts;
  return `# Looks for what on the clusters is not as declared, and keeps one issue for each cluster.
# Written by \`stowage init --${runner}\`; it is yours to change.
# The kubeconfig in the secret STOWAGE_KUBECONFIG has the contexts that clusters name; its accounts need what docs/drift.md
# lists under rights. Where a step before logs in instead, leave the secret out and let that step set KUBECONFIG.
name: stowage drift${suffix}
on:
  # By the clock of UTC, on the main branch.
  schedule:
    - cron: "17 4 * * *"
  workflow_dispatch:
${note(runner)}permissions:
  contents: read
  issues: write
# One after the other, and none is broken off.
concurrency:
  group: stowage-drift${suffix}
  cancel-in-progress: false
jobs:
  drift:
    runs-on: ubuntu-latest
    steps:
      - uses: ${from(runner, checkout)}
        with:
          persist-credentials: false
          # What was published from which commit is told by the history.
          fetch-depth: 0
      - uses: ${from(runner, setupNode)}
        with:
          node-version: 22
      - uses: ${facts.action}
        with:
          command: drift
          host: ${runner}
          fleet: ${JSON.stringify(facts.fleet)}
          # The token of a workflow reaches its own repository only.
          token: \${{ secrets.STOWAGE_TOKEN || github.token }}
          kubeconfig: \${{ secrets.STOWAGE_KUBECONFIG }}
${facts.drifts === 'all' ? '' : `          # The others say no context in their cluster.yaml.\n          clusters: ${facts.drifts.join(' ')}\n`}`;
}

function note(runner: Runner): string {
  return runner === 'gitea' ? '# Before Gitea 1.26 permissions and concurrency are read and not heeded.\n' : '';
}

/** Gitea looks actions up where its administrator says, unless they have a whole address. */
function from(runner: Runner, action: string): string {
  return runner === 'gitea' ? `https://github.com/${action}` : action;
}
