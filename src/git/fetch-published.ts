import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { digestOf } from '../model/digest.ts';
import { cacheFolder } from '../store/cache-folder.ts';
import { Failure, Misconfigured } from '../store/fail.ts';
import { type GitCall, gitOrFail, gitProblem, runGit, textOf } from './run-git.ts';

/** The branch of a repository elsewhere, of which trees are here and contents as they are asked for. */
export interface Published {
  readonly call: GitCall;
  /** Undefined while the branch does not exist. */
  readonly commit: string | undefined;
}

export interface RemoteBranch {
  readonly url: string;
  readonly branch: string;
}

/**
 * Brings the head of a branch into a cache outside every working tree: one commit deep and without contents,
 * where the server can do that.
 */
export async function fetchPublished(remote: RemoteBranch, call: Omit<GitCall, 'in'>): Promise<Published> {
  checkAddress(remote.url);
  const parent = join(cacheFolder(call.environment), 'repositories');
  mkdirSync(parent, { recursive: true });
  const calling = (folder: string): GitCall => {
    return { ...call, in: folder, variables: { ...call.variables, ...configuration(remote.url), GIT_DIR: folder } };
  };
  const question = ['ls-remote', '--', 'origin', `refs/heads/${remote.branch}`];
  const [head = ''] = textOf(await gitOrFail(question, `reach ${remote.url}`, calling(parent))).split('\t');
  if (!/^[0-9a-f]{40,64}$/.test(head)) return { call: calling(parent), commit: undefined };
  const format = head.length === 64 ? 'sha256' : 'sha1';
  const here = calling(join(parent, digestOf(remote.url, format).slice(0, 24)));
  await initializeOnce(here, format);
  return { call: here, commit: await fetchHead(remote, head, here) };
}

/** Made beside its place and put there whole: others may want the same one at the same moment. */
async function initializeOnce(call: GitCall, format: string): Promise<void> {
  if (existsSync(call.in)) return;
  const fresh = mkdtempSync(`${call.in}-`);
  try {
    const words = ['init', '--quiet', '--bare', `--object-format=${format}`, '--template='];
    await gitOrFail(words, 'prepare a cache of the repository', { ...call, in: fresh, variables: { GIT_DIR: fresh } });
    renameSync(fresh, call.in);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(join(call.in, 'HEAD'))) throw error;
  }
}

const fetchOne = ['fetch', '--quiet', '--depth=1', '--filter=blob:none', '--no-tags', '--no-write-fetch-head', '--', 'origin'];
/** What git says where another run fetches into the same cache. */
const busy = /\.lock'|cannot lock ref|shallow file has changed/;

async function fetchHead({ url, branch }: RemoteBranch, head: string, call: GitCall): Promise<string> {
  const own = `refs/stowage/${branch}`;
  for (let left = 20; ; left -= 1) {
    const kept = await runGit(['rev-parse', '--verify', '--quiet', `${own}^{commit}`], call);
    if (kept.code === 0 && textOf(kept.out).trim() === head) return head;
    const { code, err } = await runGit([...fetchOne, `+refs/heads/${branch}:${own}`], call);
    if (code === 0) return textOf(await gitOrFail(['rev-parse', own], 'read what was fetched', call)).trim();
    if (left === 0 || !busy.test(err))
      throw new Failure(
        `cannot fetch ${branch} of ${url}: ${gitProblem(err)}`,
        `what was fetched before lies in ${call.in}, which may be removed at any time`,
      );
    await setTimeout(100 + Math.random() * 200, undefined, { signal: call.signal });
  }
}

/** Contents that the cache lacks, in one request; git by itself would ask for each of them alone. */
export async function fetchContents(
  { call, commit }: Published,
  ids: readonly string[],
  paths: readonly string[],
): Promise<void> {
  const wanted = new Set(ids);
  const listed = await runGit(
    ['rev-list', '--objects', '--no-object-names', '--missing=print', commit ?? '', '--', ...paths],
    call,
  );
  const missing = textOf(listed.out)
    .split('\n')
    .flatMap((line) => (line.startsWith('?') && wanted.has(line.slice(1)) ? [line.slice(1)] : []));
  if (missing.length === 0) return;
  const words = [
    '-c',
    'fetch.negotiationAlgorithm=noop',
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--filter=blob:none',
  ];
  await gitOrFail([...words, '--stdin', '--', 'origin'], 'fetch published files', { ...call, input: `${missing.join('\n')}\n` });
}

/** A name may be a token, which git would keep and repeat. */
function checkAddress(url: string): void {
  if (/^https?:\/\/[^/]*@/i.test(url) || /^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(url))
    throw new Misconfigured(
      'the address of the config repository in stowage.yaml holds a name, a password or a token',
      'take it out: git finds credentials by its helpers',
    );
}

/** By the environment: neither the address nor what it may hold stands in a file or among arguments. */
function configuration(url: string): Record<string, string> {
  const entries = [
    ['remote.origin.url', url],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
  ];
  return {
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
