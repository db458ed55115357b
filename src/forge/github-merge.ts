import { doOnce } from './do-once.ts';
import type { MergeOutcome, MergeRequest, PullRequest } from './forge.ts';
import type { GitHub } from './github-client.ts';
import { askGraphql } from './github-graphql.ts';
import { getPullRequest } from './github-pull-requests.ts';
import { HostTrouble } from './host-trouble.ts';
import { refuseMovedHead } from './refuse-moved-head.ts';

const refused = new Set([405, 409, 422]);

/** Merges this commit or nothing, and deletes the branch where it is still at it. */
export async function mergePullRequest(github: GitHub, number: number, { sha, method }: MergeRequest): Promise<PullRequest> {
  const { octokit, repository } = github;
  const find = async () => {
    const pull = await getPullRequest(github, number);
    return pull?.state === 'merged' && pull.head.sha === sha ? pull : undefined;
  };
  const merge = async () => {
    try {
      await octokit.rest.pulls.merge({ ...repository, pull_number: number, sha, merge_method: method });
      return undefined;
    } catch (error) {
      // A pull request that was merged before is refused too.
      const found = error instanceof HostTrouble && refused.has(error.status ?? 0) ? await find() : undefined;
      if (found === undefined) throw error;
      return found;
    }
  };
  const before = await doOnce(merge, find, github.options);
  const merged = before ?? (await getPullRequest(github, number));
  if (merged === undefined) throw new HostTrouble('it is gone', { status: 404 });
  await deleteBranch(github, merged, sha);
  return merged;
}

async function deleteBranch({ octokit, repository, options }: GitHub, { number, head }: PullRequest, sha: string): Promise<void> {
  const ref = `heads/${head.branch}`;
  try {
    // What a person has pushed since is not deleted.
    if ((await octokit.rest.git.getRef({ ...repository, ref })).data.object.sha !== sha) return;
    await octokit.rest.git.deleteRef({ ...repository, ref });
  } catch (error) {
    if (!(error instanceof HostTrouble)) throw error;
    // GitHub may be set to delete it by itself.
    if (error.status === 404 || error.status === 422) return;
    options.say?.(`pull request #${number} is merged, and its branch ${head.branch} stays: ${error.message}`);
  }
}

interface Standing {
  readonly repository: {
    readonly mergeQueue?: { readonly id: string } | null;
    readonly pullRequest: {
      readonly id: string;
      readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
      readonly headRefOid: string;
      readonly isInMergeQueue: boolean;
      readonly autoMergeRequest: object | null;
    } | null;
  };
}

const standing = `query($owner: String!, $repo: String!, $number: Int!, $base: String!) {
  repository(owner: $owner, name: $repo) {
    mergeQueue(branch: $base) { id }
    pullRequest(number: $number) { id state headRefOid isInMergeQueue autoMergeRequest { enabledAt } }
  }
}`;

/** Merges as soon as GitHub's rules for the branch allow it. */
export async function mergeWhenReady(github: GitHub, number: number, request: MergeRequest): Promise<MergeOutcome> {
  const { sha, method } = request;
  const known = await getPullRequest(github, number);
  if (known === undefined) throw new HostTrouble('there is no such pull request', { status: 404 });
  const look = () => askGraphql<Standing>(github, standing, { ...github.repository, number, base: known.base });
  const { repository } = await look();
  const pull = repository.pullRequest;
  if (pull === null) throw new HostTrouble('there is no such pull request', { status: 404 });
  refuseMovedHead(number, pull.headRefOid, sha);
  const already = outcomeOf(pull);
  if (already !== undefined) return already;
  const find = async () => {
    const now = (await look()).repository.pullRequest;
    return now === null || now.headRefOid !== sha ? undefined : outcomeOf(now);
  };
  try {
    const input = { pullRequestId: pull.id, mergeMethod: method.toUpperCase(), expectedHeadOid: sha };
    return await doOnce(() => enableAutoMerge(github, input), find, github.options);
  } catch (error) {
    if (!(error instanceof HostTrouble && nothingToWaitFor.test(error.message))) throw error;
  }
  if (repository.mergeQueue)
    return doOnce(() => enqueue(github, { pullRequestId: pull.id, expectedHeadOid: sha }), find, github.options);
  await mergePullRequest(github, number, request);
  return 'merged';
}

/** GitHub refuses to merge by itself what could be merged at once. */
const nothingToWaitFor = /clean status|protected branch rules not configured/i;

function outcomeOf({
  state,
  isInMergeQueue,
  autoMergeRequest,
}: NonNullable<Standing['repository']['pullRequest']>): MergeOutcome | undefined {
  if (state === 'MERGED') return 'merged';
  if (isInMergeQueue) return 'queued';
  return autoMergeRequest === null ? undefined : 'waiting';
}

async function enableAutoMerge(github: GitHub, input: object): Promise<MergeOutcome> {
  await askGraphql(
    github,
    'mutation($input: EnablePullRequestAutoMergeInput!) { enablePullRequestAutoMerge(input: $input) { clientMutationId } }',
    { input },
  );
  return 'waiting';
}

async function enqueue(github: GitHub, input: object): Promise<MergeOutcome> {
  await askGraphql(
    github,
    'mutation($input: EnqueuePullRequestInput!) { enqueuePullRequest(input: $input) { clientMutationId } }',
    { input },
  );
  return 'queued';
}

export async function isQueued(github: GitHub, number: number): Promise<boolean> {
  const query =
    'query($owner: String!, $repo: String!, $number: Int!) { repository(owner: $owner, name: $repo) { pullRequest(number: $number) { isInMergeQueue } } }';
  try {
    const { repository } = await askGraphql<Standing>(github, query, { ...github.repository, number });
    return repository.pullRequest?.isInMergeQueue ?? false;
  } catch (error) {
    // An Enterprise Server from before merge queues does not know the word.
    if (error instanceof HostTrouble && /isInMergeQueue/.test(error.message)) return false;
    throw error;
  }
}
