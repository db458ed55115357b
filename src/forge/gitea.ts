import * as z from 'zod';
import { Failure } from '../store/fail.ts';
import { markerLine } from './comment-marker.ts';
import type { Credentials } from './credentials.ts';
import { doOnce } from './do-once.ts';
import type { Forge } from './forge.ts';
import { connectGitea, type Gitea, type GiteaOptions } from './gitea-client.ts';
import { findIssues, openIssue, updateIssue } from './gitea-issues.ts';
import { mergePullRequest, mergeWhenReady } from './gitea-merge.ts';
import {
  findPullRequest,
  getPullRequest,
  listPullRequests,
  openPullRequest,
  requestReviews,
  updatePullRequest,
} from './gitea-pull-requests.ts';
import { listReviews } from './gitea-reviews.ts';
import { anything, commentShape, pullShape, readPull } from './gitea-shapes.ts';
import { listStatuses } from './gitea-statuses.ts';
import type { Deed } from './put-into-words.ts';
import type { RemoteRepository } from './remote-repository.ts';

const scope = 'write:repository';
const reads = (to: string): Deed => ({ to, needs: 'read:repository', writes: false });
const writes = (to: string, needs = scope): Deed => ({ to, needs, writes: true });

/** Gitea or Forgejo. There is no merge queue there; drafts are titles that begin with `WIP:`. */
export function openGitea(remote: RemoteRepository, credentials: Credentials, options: GiteaOptions = {}): Forge {
  if (credentials.kind !== 'token') throw new Failure('Gitea has no GitHub Apps', 'set STOWAGE_TOKEN or GITEA_TOKEN');
  const gitea = connectGitea(remote, credentials, options);
  const { tell } = gitea;
  return {
    name: 'Gitea',
    findPullRequest: (branch) => tell(reads(`look for a pull request of ${branch}`), () => findPullRequest(gitea, branch)),
    get: (number) => tell(reads(`show pull request #${number}`), () => getPullRequest(gitea, number)),
    list: (which = 'open') => tell(reads('list pull requests'), () => listPullRequests(gitea, which)),
    async open(request) {
      const opened = await tell(writes(`open a pull request for ${request.branch}`, `${scope} and write:issue`), () =>
        openPullRequest(gitea, request),
      );
      if (request.reviewers.length > 0)
        await tell(
          writes(`request reviews of pull request #${opened.number}, which is open, from ${request.reviewers.join(', ')}`),
          () => requestReviews(gitea, opened.number, request.reviewers),
        );
      return opened;
    },
    update: (number, changes) =>
      tell(writes(`update pull request #${number}`, `${scope} and write:issue`), () => updatePullRequest(gitea, number, changes)),
    comment: (number, marker, text) =>
      tell(writes(`comment on pull request #${number}`, 'write:issue'), () => writeComment(gitea, number, marker, text)),
    setStatus: (sha, state, context, description) =>
      tell(writes(`set the status of ${sha.slice(0, 12)}`), async () => {
        // The last one counts, so that a second does no harm.
        await doOnce(
          () => gitea.ask('POST', `statuses/${sha}`, anything, { state, context, description }),
          async () => undefined,
          options,
        );
      }),
    statuses: (sha) => tell(reads(`show the statuses of ${sha.slice(0, 12)}`), () => listStatuses(gitea, sha)),
    reviews: (number) => tell(reads(`show the reviews of pull request #${number}`), () => listReviews(gitea, number)),
    merge: (number, request) => tell(writes(`merge pull request #${number}`), () => mergePullRequest(gitea, number, request)),
    mergeWhenReady: (number, request) =>
      tell(writes(`merge pull request #${number} when it is ready`), () => mergeWhenReady(gitea, number, request)),
    close: (number) =>
      tell(writes(`close pull request #${number}`), async () =>
        readPull((await gitea.ask('PATCH', `pulls/${number}`, pullShape, { state: 'closed' })).data),
      ),
    issues: {
      find: (label, marker) =>
        tell({ ...reads(`look for issues labelled ${label}`), needs: 'read:issue' }, () => findIssues(gitea, label, marker)),
      open: (request, marker) => tell(writes('open an issue', 'write:issue'), () => openIssue(gitea, request, marker)),
      update: (number, changes) =>
        tell(writes(`update issue #${number}`, 'write:issue'), () => updateIssue(gitea, number, changes)),
      comment: (number, marker, text) =>
        tell(writes(`comment on issue #${number}`, 'write:issue'), () => writeComment(gitea, number, marker, text)),
    },
    gitCredentials: async () => ({ username: 'stowage', password: credentials.token }),
  };
}

/** Keeps one comment with the marker at what is to be said. */
async function writeComment(gitea: Gitea, number: number, marker: string, text: string): Promise<void> {
  const first = markerLine(marker);
  const body = `${first}\n${text}`;
  // All of them come at once.
  const find = async () =>
    (await gitea.ask('GET', `issues/${number}/comments`, z.array(commentShape))).data.find((one) => one.body.startsWith(first));
  const write = async () => (await gitea.ask('POST', `issues/${number}/comments`, commentShape, { body })).data;
  const written = (await find()) ?? (await doOnce(write, find, gitea.options));
  if (written.body.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd()) return;
  await gitea.ask('PATCH', `issues/comments/${written.id}`, anything, { body });
}
