import type { Credentials } from './credentials.ts';
import { doOnce } from './do-once.ts';
import type { Forge } from './forge.ts';
import { connectGitHub, type GitHubOptions } from './github-client.ts';
import { writeComment } from './github-comment.ts';
import { findIssues, openIssue, updateIssue } from './github-issues.ts';
import { isQueued, mergePullRequest, mergeWhenReady } from './github-merge.ts';
import {
  findPullRequest,
  getPullRequest,
  listPullRequests,
  openPullRequest,
  readPullRequest,
  requestReviews,
  updatePullRequest,
} from './github-pull-requests.ts';
import { listReviews } from './github-reviews.ts';
import { listCheckRuns, listCommitStatuses, worstOfEach } from './github-statuses.ts';
import type { Deed } from './put-into-words.ts';
import type { RemoteRepository } from './remote-repository.ts';

const reads = (to: string, needs = 'Pull requests: read'): Deed => ({ to, needs, writes: false });
const writes = (to: string, needs = 'Pull requests: write'): Deed => ({ to, needs, writes: true });

/** What GitHub shows of the description of a commit's status. */
const longestDescription = 140;

/** github.com, or an Enterprise Server. */
export async function openGitHub(
  remote: RemoteRepository,
  credentials: Credentials,
  options: GitHubOptions = {},
): Promise<Forge> {
  const github = await connectGitHub(remote, credentials, options);
  const { octokit, repository, tell } = github;
  return {
    name: 'GitHub',
    findPullRequest: (branch) => tell(reads(`look for a pull request of ${branch}`), () => findPullRequest(github, branch)),
    get: (number) => tell(reads(`show pull request #${number}`), () => getPullRequest(github, number)),
    list: (which = 'open') => tell(reads('list pull requests'), () => listPullRequests(github, which)),
    async open(request) {
      const opened = await tell(writes(`open a pull request for ${request.branch}`), () => openPullRequest(github, request));
      if (request.reviewers.length > 0)
        await tell(
          writes(`request reviews of pull request #${opened.number}, which is open, from ${request.reviewers.join(', ')}`),
          () => requestReviews(github, opened.number, request.reviewers),
        );
      return opened;
    },
    update: (number, changes) => tell(writes(`update pull request #${number}`), () => updatePullRequest(github, number, changes)),
    comment: (number, marker, text) =>
      tell(writes(`comment on pull request #${number}`), () => writeComment(github, number, marker, text)),
    setStatus: (sha, state, context, description) =>
      tell(writes(`set the status of ${sha.slice(0, 12)}`, 'Commit statuses: write'), async () => {
        const status = { ...repository, sha, state, context, description: description.slice(0, longestDescription) };
        // The last one counts, so that a second does no harm.
        await doOnce(
          () => octokit.rest.repos.createCommitStatus(status),
          async () => undefined,
          options,
        );
      }),
    async statuses(sha) {
      const short = sha.slice(0, 12);
      const statuses = await tell(reads(`show the statuses of ${short}`, 'Commit statuses: read'), () =>
        listCommitStatuses(github, sha),
      );
      const runs = await tell(reads(`show the checks of ${short}`, 'Checks: read'), () => listCheckRuns(github, sha));
      return worstOfEach([...statuses, ...runs]);
    },
    reviews: (number) => tell(reads(`show the reviews of pull request #${number}`), () => listReviews(github, number)),
    merge: (number, request) =>
      tell(writes(`merge pull request #${number}`, 'Contents: write'), () => mergePullRequest(github, number, request)),
    mergeWhenReady: (number, request) =>
      tell(writes(`merge pull request #${number} when it is ready`, 'Contents: write and Pull requests: write'), () =>
        mergeWhenReady(github, number, request),
      ),
    isQueued: (number) =>
      tell(reads(`see whether pull request #${number} is in the merge queue`), () => isQueued(github, number)),
    close: (number) =>
      tell(writes(`close pull request #${number}`), async () =>
        readPullRequest((await octokit.rest.pulls.update({ ...repository, pull_number: number, state: 'closed' })).data),
      ),
    issues: {
      find: (label, marker) =>
        tell(reads(`look for issues labelled ${label}`, 'Issues: read'), () => findIssues(github, label, marker)),
      open: (request, marker) => tell(writes('open an issue', 'Issues: write'), () => openIssue(github, request, marker)),
      update: (number, changes) =>
        tell(writes(`update issue #${number}`, 'Issues: write'), () => updateIssue(github, number, changes)),
      comment: (number, marker, text) =>
        tell(writes(`comment on issue #${number}`, 'Issues: write'), () => writeComment(github, number, marker, text)),
    },
    gitCredentials: () =>
      tell(reads('get a token for git', 'Contents: write'), async () => {
        const { token } = (await octokit.auth({ type: 'installation' })) as { token: string };
        return { username: 'x-access-token', password: token };
      }),
  };
}
