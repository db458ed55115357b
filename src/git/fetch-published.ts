import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../store/fail.ts';
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
 * where the server can do that. The address is git's to read in its own way, so it is held against a list first.
 */
export async function fetchPublished(remote: RemoteBranch, call: Omit<GitCall, 'in'>): Promise<Published> {
  checkRemote(remote);
  const folder = join(cacheFolder(call.environment), createHash('sha256').update(remote.url).digest('hex').slice(0, 24));
  mkdirSync(folder, { recursive: true });
  const here = { ...call, in: folder, variables: { ...call.variables, ...configuration(remote.url), GIT_DIR: folder } };
  const reach = `reach ${remote.url}`;
  const heads = textOf(
    await gitOrFail(['ls-remote', '--', 'origin', `refs/heads/${remote.branch}`], reach, { ...here, in: folder }),
  );
  const [commit = ''] = heads.split('\t');
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return { call: here, commit: undefined };
  const format = commit.length === 64 ? 'sha256' : 'sha1';
  await gitOrFail(
    ['init', '--quiet', '--bare', `--object-format=${format}`, '--template='],
    'prepare a cache of the repository',
    here,
  );
  const known = await runGit(['cat-file', '-e', `refs/stowage/${remote.branch}^{commit}`], here);
  const kept = known.code === 0 ? textOf((await runGit(['rev-parse', `refs/stowage/${remote.branch}`], here)).out).trim() : '';
  if (kept === commit) return { call: here, commit };
  const words = ['fetch', '--quiet', '--depth=1', '--filter=blob:none', '--no-tags', '--no-write-fetch-head'];
  const { code, err } = await runGit(
    [...words, '--', 'origin', `+refs/heads/${remote.branch}:refs/stowage/${remote.branch}`],
    here,
  );
  if (code !== 0)
    throw new Failure(
      `cannot fetch ${remote.branch} of ${remote.url}: ${gitProblem(err)}`,
      `what was fetched before lies in ${folder}, which may be removed at any time`,
    );
  const fetched = await gitOrFail(['rev-parse', `refs/stowage/${remote.branch}`], 'read what was fetched', here);
  return { call: here, commit: textOf(fetched).trim() };
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

function checkRemote({ url, branch }: RemoteBranch): void {
  const where = 'spec.repository of stowage.yaml';
  if (!/^[A-Za-z0-9_][A-Za-z0-9_./+#=@-]*$/.test(branch) || /\.\.|\/\/|@\{|\/$|\.lock$/.test(branch))
    throw new Failure(`\`${branch}\` in ${where} is no name of a branch`);
  if (/^https?:\/\/[^/]*@/i.test(url) || /^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(url))
    throw new Failure(
      `the address in ${where} holds a name, a password or a token`,
      'take it out: git finds credentials by its helpers',
    );
  if (/[\u0000-\u0020\u007f]/.test(url) || url.startsWith('-') || url.includes('::'))
    throw new Failure(`${where} is no address that git may be given`, 'use https, ssh, or the path of a repository');
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

function cacheFolder(environment: NodeJS.ProcessEnv): string {
  return join(environment.XDG_CACHE_HOME ?? join(environment.HOME ?? homedir(), '.cache'), 'stowage', 'repositories');
}
