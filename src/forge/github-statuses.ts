import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { CommitStatus, StatusState } from './forge.ts';
import type { GitHub } from './github-client.ts';

type CheckRun = RestEndpointMethodTypes['checks']['listForRef']['response']['data']['check_runs'][number];

export async function listCommitStatuses({ octokit, repository }: GitHub, sha: string): Promise<readonly CommitStatus[]> {
  const place = { ...repository, ref: sha, per_page: 100 };
  // GitHub leaves out those that a newer one of the same context has replaced.
  const statuses = await octokit.paginate(
    octokit.rest.repos.getCombinedStatusForRef,
    place,
    ({ data }) => (data as unknown as { statuses: { context: string; state: string; description: string | null }[] }).statuses,
  );
  return statuses.map(({ context, state, description }) => ({
    context,
    state: readState(state),
    description: description ?? '',
  }));
}

/** What Apps such as GitHub Actions say of a commit, which needs a permission of its own. */
export async function listCheckRuns({ octokit, repository }: GitHub, sha: string): Promise<readonly CommitStatus[]> {
  const runs = await octokit.paginate(octokit.rest.checks.listForRef, { ...repository, ref: sha, per_page: 100 });
  const newest = new Map<string, CheckRun>();
  for (const run of runs.toSorted((one, other) => one.id - other.id)) newest.set(`${run.app?.id} ${run.name}`, run);
  return [...newest.values()].map((run) => ({
    context: run.name,
    state: stateOf(run),
    description: run.output.title ?? '',
  }));
}

/** Where a status and a check have one name, GitHub requires both of them. */
export function worstOfEach(statuses: readonly CommitStatus[]): readonly CommitStatus[] {
  const worst = new Map<string, CommitStatus>();
  for (const status of statuses) {
    const other = worst.get(status.context);
    if (other === undefined || badness.indexOf(status.state) > badness.indexOf(other.state)) worst.set(status.context, status);
  }
  return [...worst.values()];
}

const badness: readonly StatusState[] = ['success', 'pending', 'error', 'failure'];

const passed: readonly (string | null)[] = ['success', 'neutral', 'skipped'];

/** What is neither passed nor going on has failed: GitHub may come to know other words for that. */
function stateOf({ status, conclusion }: CheckRun): StatusState {
  if (status !== 'completed') return 'pending';
  return passed.includes(conclusion) ? 'success' : 'failure';
}

function readState(state: string): StatusState {
  return badness.find((known) => known === state) ?? 'failure';
}
