import { resolve } from 'node:path';
import { callGit, type GitCall } from './call-git.ts';
import type { Author } from './target-repository.ts';

/** Where inputs come from, as far as git knows them. */
export interface FleetCommit {
  /** The commit that is checked out; undefined where the fleet is in no repository, or in one without a commit. */
  readonly commit: string | undefined;
  /** Whether inputs differ from it. */
  readonly dirty: boolean;
  /** Of the repository; undefined where there is none. */
  readonly root: string | undefined;
  /** Addresses of the remotes of its repository. */
  readonly remotes: readonly string[];
  readonly author: Author;
}

const nobody: Author = { name: 'Stowage', email: 'stowage@localhost' };

export async function fleetCommit(fleet: string, inputs: readonly string[], signal?: AbortSignal): Promise<FleetCommit> {
  const call: GitCall = { folder: fleet, ...(signal === undefined ? {} : { signal }) };
  const ask = async (words: readonly string[]) => {
    const { code, out } = await callGit(words, { ...call, accept: [1, 2, 128, 129] });
    return code === 0 ? out.trim() : undefined;
  };
  const identity = /^(.+) <([^>]+)> \d+ [-+]\d+$/.exec((await ask(['var', 'GIT_COMMITTER_IDENT'])) ?? '');
  const author = identity === null ? nobody : { name: identity[1] as string, email: identity[2] as string };
  const commit = await ask(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  const root = await ask(['rev-parse', '--show-toplevel']);
  if (commit === undefined) return { commit, root, dirty: true, remotes: [], author };
  const changed = await ask(['status', '--porcelain=v1', '--untracked-files=all', '--', ...inputs]);
  const remotes = (await ask(['config', '--get-regexp', '^remote\\..*\\.url$'])) ?? '';
  return {
    commit,
    root,
    dirty: changed !== '',
    remotes: remotes
      .split('\n')
      .flatMap((line) => (line.includes(' ') ? [line.slice(line.indexOf(' ') + 1)] : []))
      .map((address) => (/^\.\.?\//.test(address) && root !== undefined ? resolve(root, address) : address)),
    author,
  };
}

export type Ancestry = 'same' | 'older' | 'newer' | 'apart' | 'unknown';

/** How one commit of the fleet's repository relates to another: `older` is what the other one came from. */
export async function ancestryOf(fleet: string, commit: string, other: string): Promise<Ancestry> {
  if (commit === other) return 'same';
  const isAncestor = async (first: string, second: string) => {
    const words = ['merge-base', '--is-ancestor', first, second];
    return (await callGit(words, { folder: fleet, accept: [1, 128] })).code;
  };
  const forth = await isAncestor(commit, other);
  if (forth === 128) return 'unknown';
  if (forth === 0) return 'older';
  return (await isAncestor(other, commit)) === 0 ? 'newer' : 'apart';
}
