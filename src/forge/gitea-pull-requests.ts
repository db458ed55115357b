import * as z from 'zod';
import { doOnce } from './do-once.ts';
import type { PullRequest, PullRequestText, PullRequestToOpen } from './forge.ts';
import type { Gitea } from './gitea-client.ts';
import { labelNumbers } from './gitea-labels.ts';
import { listPages } from './gitea-pages.ts';
import { anything, isOwn, type Pull, pullShape, readPull, writeTitle } from './gitea-shapes.ts';
import { HostTrouble } from './host-trouble.ts';
import { splitReviewers } from './reviewers.ts';

const pullsShape = z.array(pullShape);

export async function listPullRequests(gitea: Gitea, which: 'open' | 'all'): Promise<readonly PullRequest[]> {
  const pulls = await listPages(gitea, `pulls?state=${which}`, pullsShape);
  return pulls
    .filter(isOwn)
    .map(readPull)
    .sort((one, other) => one.number - other.number);
}

export async function findPullRequest(gitea: Gitea, branch: string): Promise<PullRequest | undefined> {
  const open = await findIn(gitea, 'open', branch);
  return open.at(-1) ?? (await findIn(gitea, 'closed', branch)).at(-1);
}

/** It cannot be asked for those of one branch. Newest come first. */
async function findIn(gitea: Gitea, state: 'open' | 'closed', branch: string): Promise<readonly PullRequest[]> {
  const wanted = (pull: Pull) => isOwn(pull) && pull.head.label === branch;
  const pulls = await listPages(gitea, `pulls?state=${state}`, pullsShape, (page) => page.some(wanted));
  return pulls
    .filter(wanted)
    .map(readPull)
    .sort((one, other) => one.number - other.number);
}

export async function getPullRequest(gitea: Gitea, number: number): Promise<PullRequest | undefined> {
  try {
    return readPull((await gitea.ask('GET', `pulls/${number}`, pullShape)).data);
  } catch (error) {
    if (error instanceof HostTrouble && error.status === 404) return undefined;
    throw error;
  }
}

export async function openPullRequest(gitea: Gitea, request: PullRequestToOpen): Promise<PullRequest> {
  const { branch, base, title, body, draft } = request;
  const labels = await labelNumbers(gitea, request.labels);
  const find = async () => (await findIn(gitea, 'open', branch)).find((pull) => pull.base === base);
  const create = async () => {
    try {
      const text = { title: writeTitle(title, draft), body, labels };
      return readPull((await gitea.ask('POST', 'pulls', pullShape, { ...text, head: branch, base })).data);
    } catch (error) {
      const found = error instanceof HostTrouble && error.status === 409 ? await find() : undefined;
      if (found === undefined) throw error;
      return found;
    }
  };
  return doOnce(create, find, gitea.options);
}

export async function requestReviews(gitea: Gitea, number: number, names: readonly string[]): Promise<void> {
  const { reviewers, teams } = splitReviewers(names);
  await gitea.ask('POST', `pulls/${number}/requested_reviewers`, anything, { reviewers, team_reviewers: teams });
}

export async function updatePullRequest(gitea: Gitea, number: number, changes: Partial<PullRequestText>): Promise<PullRequest> {
  const before = readPull((await gitea.ask('GET', `pulls/${number}`, pullShape)).data);
  const { title = before.title, body = before.body, labels = [], draft = before.draft } = changes;
  if (title !== before.title || body !== before.body || draft !== before.draft)
    await gitea.ask('PATCH', `pulls/${number}`, anything, { title: writeTitle(title, draft), body });
  const missing = labels.filter((label) => !before.labels.includes(label));
  if (missing.length > 0)
    await gitea.ask('POST', `issues/${number}/labels`, anything, { labels: await labelNumbers(gitea, missing) });
  return readPull((await gitea.ask('GET', `pulls/${number}`, pullShape)).data);
}
