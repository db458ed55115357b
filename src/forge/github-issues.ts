import type { RestEndpointMethodTypes } from '@octokit/rest';
import { doOnce } from './do-once.ts';
import { fitText } from './fit-text.ts';
import type { Issue, IssueToOpen } from './forge.ts';
import type { GitHub } from './github-client.ts';
import { HostTrouble } from './host-trouble.ts';

type Listed = RestEndpointMethodTypes['issues']['listForRepo']['response']['data'][number];
type Got = RestEndpointMethodTypes['issues']['get']['response']['data'];

function readIssue(issue: Listed | Got): Issue {
  return {
    number: issue.number,
    url: issue.html_url,
    state: issue.state === 'open' ? 'open' : 'closed',
    title: issue.title,
    body: issue.body ?? '',
  };
}

export async function findIssues({ octokit, repository }: GitHub, label: string, marker: string): Promise<readonly Issue[]> {
  const listed = await octokit.paginate(octokit.rest.issues.listForRepo, {
    ...repository,
    labels: label,
    state: 'all',
    per_page: 100,
  });
  return listed
    .filter((issue) => issue.pull_request === undefined && issue.body?.includes(marker) === true)
    .map(readIssue)
    .sort((one, other) => one.number - other.number);
}

export async function openIssue(github: GitHub, { title, body, label }: IssueToOpen, marker: string): Promise<Issue> {
  const { octokit, repository, options } = github;
  // Who may not label has the label left out without a word, and would open another issue in each run.
  await makeLabel(github, label);
  const text = { title, body: fitText(body), labels: [label] };
  return doOnce(
    async () => readIssue((await octokit.rest.issues.create({ ...repository, ...text })).data),
    async () => (await findIssues(github, label, marker))[0],
    options,
  );
}

async function makeLabel({ octokit, repository, options }: GitHub, name: string): Promise<void> {
  const make = async () => {
    try {
      await octokit.rest.issues.createLabel({ ...repository, name, color: '5b7fa6' });
    } catch (error) {
      // There is one already.
      if (!(error instanceof HostTrouble && error.status === 422)) throw error;
    }
  };
  await doOnce(make, async () => undefined, options);
}

export async function updateIssue(
  { octokit, repository }: GitHub,
  number: number,
  { title, body, state }: Partial<Pick<Issue, 'title' | 'body' | 'state'>>,
): Promise<Issue> {
  const changes = {
    ...(title !== undefined && { title }),
    ...(body !== undefined && { body: fitText(body) }),
    ...(state !== undefined && { state }),
  };
  return readIssue((await octokit.rest.issues.update({ ...repository, issue_number: number, ...changes })).data);
}
