import { callGit, type GitCall } from '../git/call-git.ts';
import { readObjects } from '../git/read-objects.ts';
import type { Issue, PersonReview, PullRequest } from './forge.ts';

/** What is kept of a pull request, as `pull.json` of a commit, so that its history can be read by git log. */
export interface StoredPull extends Omit<PullRequest, 'number' | 'head' | 'url'> {
  readonly branch: string;
  readonly reviewers: readonly string[];
  /** By marker. */
  readonly comments: Readonly<Record<string, string>>;
  /** Left out before the first. */
  readonly reviews?: readonly PersonReview[];
}

/** The same of an issue, as `issue.json`. */
export interface StoredIssue extends Omit<Issue, 'number' | 'url'> {
  readonly label: string;
  /** By marker. */
  readonly comments: Readonly<Record<string, string>>;
}

/** Where a ref is to be moved to, and where it must be for that; undefined is nowhere. */
export interface RefChange {
  readonly ref: string;
  readonly to: string | undefined;
  readonly from: string | undefined;
}

export interface LocalRefs {
  all(): Promise<ReadonlyMap<string, string>>;
  /** All of the changes, or none because somebody was quicker. */
  change(changes: readonly RefChange[]): Promise<boolean>;
  /** By the commit that holds each. */
  readPulls(metas: readonly string[]): Promise<ReadonlyMap<string, StoredPull>>;
  writePull(pull: StoredPull, before: string | undefined, event: string): Promise<string>;
  readIssues(metas: readonly string[]): Promise<ReadonlyMap<string, StoredIssue>>;
  writeIssue(issue: StoredIssue, before: string | undefined, event: string): Promise<string>;
  writeText(text: string): Promise<string>;
}

const pulls = 'refs/stowage/pull/';

export const refNames = {
  pulls,
  head: (number: number) => `${pulls}${number}/head`,
  meta: (number: number) => `${pulls}${number}/meta`,
  issue: (number: number) => `refs/stowage/issue/${number}`,
  /** Exists as long as the branch has an open pull request: there is one at most. */
  open: (branch: string) => `refs/stowage/open/${branch}`,
  statuses: (commit: string) => `refs/stowage/status/${commit}/`,
  status: (commit: string, context: string) => `refs/stowage/status/${commit}/${writeContext(context)}`,
  branch: (name: string) => `refs/heads/${name}`,
};

/** One name without slashes, of what a ref may hold: `ci` and `ci/test` could not both be refs. */
function writeContext(context: string): string {
  return encodeURIComponent(context).replace(/[.~*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Pull requests as refs of a bare repository, where git's own transactions keep them consistent. */
export function localRefs(call: GitCall, now: () => number): LocalRefs {
  const git = (words: readonly string[], more: Partial<GitCall> = {}) => callGit(words, { ...call, ...more });
  const writeText = async (text: string) => (await git(['hash-object', '-w', '--stdin'], { input: text })).out.trim();
  async function readFiles<Stored>(file: string, metas: readonly string[]): Promise<ReadonlyMap<string, Stored>> {
    const texts = await readObjects(
      metas.map((meta) => `${meta}:${file}`),
      call,
    );
    return new Map(metas.map((meta) => [meta, JSON.parse(texts.get(`${meta}:${file}`) ?? '{}') as Stored]));
  }

  async function writeFile(file: string, content: object, before: string | undefined, event: string): Promise<string> {
    const blob = await writeText(`${JSON.stringify(content, null, 2)}\n`);
    const tree = (await git(['mktree'], { input: `100644 blob ${blob}\t${file}\n` })).out.trim();
    const date = `@${now()} +0000`;
    const variables = {
      ...{ GIT_AUTHOR_NAME: 'Stowage', GIT_AUTHOR_EMAIL: 'stowage@localhost', GIT_AUTHOR_DATE: date },
      ...{ GIT_COMMITTER_NAME: 'Stowage', GIT_COMMITTER_EMAIL: 'stowage@localhost', GIT_COMMITTER_DATE: date },
    };
    const parent = before === undefined ? [] : ['-p', before];
    return (await git(['commit-tree', ...parent, '-m', event, tree], { variables })).out.trim();
  }

  return {
    all: async () => {
      const { out } = await git(['for-each-ref', '--format=%(objectname) %(refname)']);
      const lines = out.split('\n').filter((line) => line !== '');
      return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
    },
    change: async (changes) => {
      const lines = changes.map(({ ref, to, from }) => {
        if (to === undefined) return `delete ${ref}\0${from ?? ''}\0`;
        return from === undefined ? `create ${ref}\0${to}\0` : `update ${ref}\0${to}\0${from}\0`;
      });
      const input = ['start\0', ...lines, 'prepare\0', 'commit\0'].join('');
      const { code, err } = await git(['update-ref', '--stdin', '-z'], { input, accept: [128] });
      if (code === 0) return true;
      if (/reference already exists|but expected|is at|unable to resolve|File exists|cannot lock ref/.test(err)) return false;
      throw new Error(`git update-ref: ${err}`);
    },
    readPulls: (metas) => readFiles<StoredPull>('pull.json', metas),
    writePull: (pull, before, event) => writeFile('pull.json', pull, before, event),
    readIssues: (metas) => readFiles<StoredIssue>('issue.json', metas),
    writeIssue: (issue, before, event) => writeFile('issue.json', issue, before, event),
    writeText,
  };
}
