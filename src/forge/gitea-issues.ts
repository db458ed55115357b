import * as z from 'zod';
import { doOnce } from './do-once.ts';
import type { Issue, IssueToOpen } from './forge.ts';
import type { Gitea } from './gitea-client.ts';
import { labelNumbers } from './gitea-labels.ts';
import { listPages } from './gitea-pages.ts';
import { issueShape } from './gitea-shapes.ts';

function readIssue({ number, html_url, state, title, body }: z.infer<typeof issueShape>): Issue {
  return { number, url: html_url, state, title, body: body ?? '' };
}

export async function findIssues(gitea: Gitea, label: string, marker: string): Promise<readonly Issue[]> {
  const path = `issues?type=issues&state=all&labels=${encodeURIComponent(label)}`;
  return (await listPages(gitea, path, z.array(issueShape)))
    .filter(({ body, pull_request }) => pull_request == null && body?.includes(marker) === true)
    .map(readIssue)
    .sort((one, other) => one.number - other.number);
}

export async function openIssue(gitea: Gitea, { title, body, label }: IssueToOpen, marker: string): Promise<Issue> {
  const labels = await labelNumbers(gitea, [label]);
  return doOnce(
    async () => readIssue((await gitea.ask('POST', 'issues', issueShape, { title, body, labels })).data),
    async () => (await findIssues(gitea, label, marker))[0],
    gitea.options,
  );
}

export async function updateIssue(
  gitea: Gitea,
  number: number,
  changes: Partial<Pick<Issue, 'title' | 'body' | 'state'>>,
): Promise<Issue> {
  return readIssue((await gitea.ask('PATCH', `issues/${number}`, issueShape, changes)).data);
}
