import type { RestEndpointMethodTypes } from '@octokit/rest';
import { doOnce } from './do-once.ts';
import { fitText } from './fit-text.ts';
import type { PullRequest, PullRequestText, PullRequestToOpen } from './forge.ts';
import type { GitHub } from './github-client.ts';
import { askGraphql } from './github-graphql.ts';
import { HostTrouble } from './host-trouble.ts';
import { splitReviewers } from './reviewers.ts';

type Listed = RestEndpointMethodTypes['pulls']['list']['response']['data'][number];
type Got = RestEndpointMethodTypes['pulls']['get']['response']['data'];

export function readPullRequest(pull: Listed | Got): PullRequest {
  return {
    number: pull.number,
    url: pull.html_url,
    state: pull.state === 'open' ? 'open' : pull.merged_at ? 'merged' : 'closed',
    title: pull.title,
    body: pull.body ?? '',
    head: { branch: pull.head.ref, sha: pull.head.sha },
    base: pull.base.ref,
    labels: pull.labels.map(({ name }) => name ?? '').filter(Boolean),
    draft: pull.draft ?? false,
  };
}

/** Anybody may open one from a fork, on a branch of the same name. */
const isOwn = (pull: Listed | Got) => pull.head.repo !== null && pull.head.repo.id === pull.base.repo.id;

export async function listPullRequests(github: GitHub, which: 'open' | 'all', branch?: string): Promise<readonly PullRequest[]> {
  const { octokit, repository } = github;
  const head = branch === undefined ? {} : { head: `${repository.owner}:${branch}` };
  const pulls = await octokit.paginate(octokit.rest.pulls.list, { ...repository, ...head, state: which, per_page: 100 });
  return pulls
    .filter((pull) => isOwn(pull) && (branch === undefined || pull.head.ref === branch))
    .map(readPullRequest)
    .sort((one, other) => one.number - other.number);
}

export async function findPullRequest(github: GitHub, branch: string): Promise<PullRequest | undefined> {
  const all = await listPullRequests(github, 'all', branch);
  return all.findLast(({ state }) => state === 'open') ?? all.at(-1);
}

export async function getPullRequest({ octokit, repository }: GitHub, number: number): Promise<PullRequest | undefined> {
  try {
    return readPullRequest((await octokit.rest.pulls.get({ ...repository, pull_number: number })).data);
  } catch (error) {
    if (error instanceof HostTrouble && error.status === 404) return undefined;
    throw error;
  }
}

export async function openPullRequest(github: GitHub, request: PullRequestToOpen): Promise<PullRequest> {
  const { octokit, repository } = github;
  const { branch, base, title, body, draft } = request;
  const find = async () => (await listPullRequests(github, 'open', branch)).find((pull) => pull.base === base);
  const create = async () => {
    try {
      const text = { title, body: fitText(body), draft };
      return readPullRequest((await octokit.rest.pulls.create({ ...repository, ...text, head: branch, base })).data);
    } catch (error) {
      // So GitHub answers where there is one already, which somebody else may have opened just now.
      const found = error instanceof HostTrouble && error.status === 422 ? await find() : undefined;
      if (found === undefined) throw error;
      return found;
    }
  };
  const opened = await doOnce(create, find, github.options);
  const labelled = await addLabels(github, opened, request.labels);
  return { ...opened, labels: labelled };
}

export async function requestReviews(
  { octokit, repository, options }: GitHub,
  number: number,
  names: readonly string[],
): Promise<void> {
  const { reviewers, teams } = splitReviewers(names);
  const request = { ...repository, pull_number: number, reviewers, team_reviewers: teams };
  await doOnce(
    () => octokit.rest.pulls.requestReviewers(request),
    async () => undefined,
    options,
  );
}

async function addLabels({ octokit, repository, options }: GitHub, pull: PullRequest, labels: readonly string[]) {
  const missing = labels.filter((label) => !pull.labels.includes(label));
  if (missing.length === 0) return pull.labels;
  await doOnce(
    () => octokit.rest.issues.addLabels({ ...repository, issue_number: pull.number, labels: missing }),
    async () => undefined,
    options,
  );
  return [...pull.labels, ...missing];
}

export async function updatePullRequest(github: GitHub, number: number, changes: Partial<PullRequestText>): Promise<PullRequest> {
  const { octokit, repository } = github;
  const { title, body, labels = [], draft } = changes;
  const text = { ...(title !== undefined && { title }), ...(body !== undefined && { body: fitText(body) }) };
  const place = { ...repository, pull_number: number };
  const { data } = await (Object.keys(text).length > 0
    ? octokit.rest.pulls.update({ ...place, ...text })
    : octokit.rest.pulls.get(place));
  const pull = await atItsBranch(github, readPullRequest(data));
  const labelled = await addLabels(github, pull, labels);
  if (draft !== undefined && draft !== pull.draft) await changeDraft(github, data.node_id, draft);
  return { ...pull, labels: labelled, draft: draft ?? pull.draft };
}

/** A pull request follows its branch some moments after a push. */
async function atItsBranch({ octokit, repository }: GitHub, pull: PullRequest): Promise<PullRequest> {
  if (pull.state !== 'open') return pull;
  try {
    const { data } = await octokit.rest.git.getRef({ ...repository, ref: `heads/${pull.head.branch}` });
    return { ...pull, head: { ...pull.head, sha: data.object.sha } };
  } catch (error) {
    if (error instanceof HostTrouble && error.status === 404) return pull;
    throw error;
  }
}

/** To make one a draft, or ready, is nothing that REST offers. */
async function changeDraft(github: GitHub, id: string, draft: boolean): Promise<void> {
  const name = draft ? 'convertPullRequestToDraft' : 'markPullRequestReadyForReview';
  const change = () =>
    askGraphql<object>(github, `mutation($id: ID!) { ${name}(input: {pullRequestId: $id}) { clientMutationId } }`, { id });
  await doOnce(change, async () => undefined, github.options);
}
