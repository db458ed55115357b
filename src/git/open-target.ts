import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../store/fail.ts';
import { callGit, type GitAnswer, type GitCall, type GitCredentials } from './call-git.ts';
import { type Commit, parseCommit } from './commit.ts';
import { openCache } from './open-cache.ts';
import { pushBranch } from './push-branch.ts';
import { readBlobs, readObjects } from './read-objects.ts';
import type { CommitDraft, Heads, PastFile, TargetRepository } from './target-repository.ts';
import { unreachable } from './unreachable.ts';

export interface TargetRequest {
  readonly url: string;
  readonly branch: string;
  /** Of the branches that publishing makes. */
  readonly prefix: string;
  readonly credentials?: GitCredentials | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

export interface OpenTarget {
  readonly target: TargetRepository;
  readonly close: () => void;
}

const base = 'refs/target/base';
const own = 'refs/target/own/';
const fetchOne = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--depth=1', '--filter=blob:none'];
/** As far back as anybody rolls back. */
const longestHistory = 100;

/** A repository reached by git alone: trees without contents of one commit, and of contents those that are asked for. */
export async function openTarget(request: TargetRequest): Promise<OpenTarget> {
  const { url, branch, prefix, credentials, environment, signal } = request;
  const remote = { credentials, signal };
  const cache = await openCache(url, environment, remote);
  const { folder } = cache;
  const scratch = mkdtempSync(join(tmpdir(), 'stowage-'));
  const git = (words: readonly string[], call: Partial<GitCall> = {}) => callGit(words, { folder, ...remote, ...call });
  const format = readFileSync(join(folder, 'ready'), 'utf8').trim();
  const indexes = new Map<string, Promise<string>>();
  const commits = new Map<string, Promise<GitAnswer>>();

  async function heads(): Promise<Heads> {
    const mappings = [`+refs/heads/${branch}:${base}`, `+refs/heads/${prefix}*:${own}*`];
    const fetch = ['fetch', '--quiet', '--no-tags', '--prune', '--no-write-fetch-head', '--depth=1', '--filter=blob:none'];
    const fetched = await git([...fetch, 'origin', ...mappings], { accept: [128] });
    if (fetched.code !== 0) {
      if (!fetched.err.includes("couldn't find remote ref")) throw unreachable(fetched.err);
      await refuseOtherBranch();
      return { base: undefined, branches: new Map() };
    }
    const { out } = await git(['for-each-ref', '--format=%(objectname) %(refname)', 'refs/target/']);
    const refs = out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))] as const);
    const objects = await readObjects(
      refs.map(([, id]) => id),
      { folder, ...remote },
    );
    const commits = new Map(refs.map(([name, id]) => [name, parseCommit(id, objects.get(id) ?? '')]));
    const branches = [...commits].filter(([name]) => name.startsWith(own));
    return {
      base: commits.get(base),
      branches: new Map(branches.map(([name, commit]) => [`${prefix}${name.slice(own.length)}`, commit])),
    };
  }

  async function refuseOtherBranch(): Promise<void> {
    const { out } = await git(['ls-remote', '--heads', '--quiet', 'origin']);
    const names = [...out.matchAll(/\trefs\/heads\/(.+)$/gm)].map((match) => match[1] as string);
    if (names.length === 0) return;
    throw new Failure(
      `the config repository has no branch \`${branch}\``,
      `it has ${names.slice(0, 5).join(', ')}: say \`repository: {branch: …}\` in stowage.yaml`,
    );
  }

  async function files(commit: string, wanted: (path: string) => boolean): Promise<Map<string, string>> {
    const { out } = await git(['ls-tree', '-r', '-z', '--full-tree', commit]);
    const found = new Map<string, string>();
    for (const line of out.split('\0')) {
      const tab = line.indexOf('\t');
      const path = line.slice(tab + 1);
      if (tab > 0 && wanted(path)) found.set(path, line.slice(0, tab).split(' ')[2] as string);
    }
    return found;
  }

  async function writeTree(commit: string | undefined, changes: ReadonlyMap<string, string | undefined>): Promise<string> {
    const known = indexes.get(commit ?? '') ?? readIndex(commit);
    indexes.set(commit ?? '', known);
    const index = join(scratch, `${indexes.size}-${Math.random().toString(36).slice(2)}`);
    copyFileSync(await known, index);
    const none = '0'.repeat(format === 'sha256' ? 64 : 40);
    const written = await writeBlobs([...changes.values()].filter((text) => text !== undefined));
    const lines = [...changes].map(([path, text]) =>
      text === undefined ? `0 ${none}\t${path}\0` : `100644 ${written.get(text)}\t${path}\0`,
    );
    const variables = { GIT_INDEX_FILE: index };
    // What is removed goes first: a file may stand where a folder was.
    const ordered = [...lines.filter((line) => line.startsWith('0 ')), ...lines.filter((line) => !line.startsWith('0 '))];
    await git(['update-index', '-z', '--index-info'], { variables, input: ordered.join('') });
    const { out } = await git(['write-tree', '--missing-ok'], { variables });
    rmSync(index, { force: true });
    return out.trim();
  }

  async function readIndex(commit: string | undefined): Promise<string> {
    const path = join(scratch, `base-${indexes.size}`);
    await git(['read-tree', commit ?? '--empty'], { variables: { GIT_INDEX_FILE: path } });
    return path;
  }

  /** All at once, by one process. */
  async function writeBlobs(texts: readonly string[]): Promise<Map<string, string>> {
    const distinct = [...new Set(texts)];
    if (distinct.length === 0) return new Map();
    const blobs = distinct.map((text, number) => {
      const bytes = Buffer.from(text);
      return Buffer.concat([Buffer.from(`blob\nmark :${number + 1}\ndata ${bytes.length}\n`), bytes, Buffer.from('\n')]);
    });
    await git(['fast-import', '--quiet', '--done'], { input: Buffer.concat([...blobs, Buffer.from('done\n')]) });
    return new Map(distinct.map((text) => [text, blobId(text)]));
  }

  function blobId(text: string): string {
    const bytes = Buffer.from(text);
    return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  }

  async function writeCommit({ tree, parent, time, author, message, sign }: CommitDraft): Promise<Commit> {
    const date = `@${time} +0000`;
    const variables = {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: author.name,
      GIT_COMMITTER_EMAIL: author.email,
      GIT_COMMITTER_DATE: date,
    };
    const words = ['commit-tree', ...(sign ? ['-S'] : []), ...(parent === undefined ? [] : ['-p', parent]), '-F', '-', tree];
    const { out } = await git(words, { variables, input: message });
    const id = out.trim();
    const zoned = `${time} +0000`;
    return { id, tree, parents: parent === undefined ? [] : [parent], authored: zoned, committed: zoned, message };
  }

  async function messages(commit: string, enough: (messages: readonly string[]) => boolean): Promise<readonly string[]> {
    let reached = 0;
    for (let more = 100; ; more *= 10) {
      const { out } = await git(['log', '-z', '--topo-order', '--format=%B', '--grep=^Stowage-Key: ', commit]);
      const found = out.split('\0').filter((message) => message !== '');
      const count = Number((await git(['rev-list', '--count', commit])).out);
      const shallow = await git(['rev-parse', '--is-shallow-repository']);
      // The server's own history may be cut off, too.
      if (enough(found) || shallow.out.trim() !== 'true' || count === reached) return found;
      reached = count;
      // Commits alone: their messages are all that is asked of history.
      const deepen = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', `--deepen=${more}`, '--filter=tree:0'];
      await git([...deepen, 'origin', `+refs/heads/${branch}:refs/target/history`]);
    }
  }

  async function fetchCommit(id: string): Promise<boolean> {
    // Argo CD and people name commits; git would take other words for something else.
    if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return false;
    const asked = commits.get(id) ?? git([...fetchOne, 'origin', id], { accept: [1, 128] });
    commits.set(id, asked);
    return (await asked).code === 0;
  }

  async function history(commit: string, path: string): Promise<PastFile[]> {
    const shallow = await git(['rev-parse', '--is-shallow-repository']);
    const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none'];
    if (shallow.out.trim() === 'true')
      await git([...fetch, '--unshallow', 'origin', `+refs/heads/${branch}:refs/target/history`]);
    // Only what the branch itself was at: what was merged had begun with something older, and never ran as it stood there.
    const along = ['--first-parent', '-m', `--max-count=${longestHistory}`];
    const format = ['--format=%x00%H %ct', '--raw', '--no-abbrev', '--no-renames', ...along];
    const { out } = await git(['log', ...format, commit, '--', path]);
    const entries = out
      .split('\0')
      .slice(1)
      .map((entry) => {
        const [, id = '', time, blob] = /^(\S+) (\d+)(?:\s+:\d+ \d+ \S+ (\S+) [AMT]\t)?/.exec(entry) ?? [];
        return { commit: id, time: Number(time), blob };
      });
    const blobs = entries.flatMap(({ blob }) => blob ?? []);
    const texts = await readBlobs(blobs, { folder, ...remote });
    return entries.map(({ blob, ...entry }) => ({ ...entry, text: blob === undefined ? undefined : texts.get(blob) }));
  }

  return {
    target: {
      fetchCommit,
      history,
      heads,
      files,
      texts: (ids) => readBlobs(ids, { folder, ...remote }),
      blobId,
      writeTree,
      writeCommit,
      push: (name, to, expected) => pushBranch({ folder, ...remote }, name, to, expected),
      messages,
    },
    close: () => {
      rmSync(scratch, { recursive: true, force: true });
      cache.close();
    },
  };
}
