import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PullRequest } from '../../../src/forge/forge.ts';
import type { PastFile } from '../../../src/git/target-repository.ts';
import { Failure } from '../../../src/store/fail.ts';
import { memoryHost } from '../../publish/support/memory-host.ts';
import { temporaryFolder } from '../../support/fleet-files.ts';
import { compiledState } from './compiled-state.ts';
import { type Host, mainBranch } from './host.ts';

type Texts = ReadonlyMap<string, string>;

/**
 * In memory, and merging as the local host does: text by text, forward where nothing is between, and nothing that is
 * not what the merged description says.
 */
export function memoryMergingHost(now: () => number): Host {
  const host = memoryHost(mainBranch);
  const { branches, commitOf, filesOf, pulls } = host;

  function onTheWay(id: string | undefined): string[] {
    const ids: string[] = [];
    for (let at = id; at !== undefined; at = commitOf(at).parents[0]) ids.push(at);
    return ids;
  }

  /** Only what the branch itself was at, as `git log --first-parent` tells it. */
  async function history(id: string, path: string): Promise<PastFile[]> {
    return onTheWay(id).flatMap((commit) => {
      const { parents, committed } = commitOf(commit);
      const [text, before] = [filesOf(commit).get(path), parents[0] === undefined ? undefined : filesOf(parents[0]).get(path)];
      return text === before ? [] : [{ commit, time: Number.parseInt(committed, 10), text }];
    });
  }

  function sharedOf(one: string, other: string): string {
    const mine = new Set(onTheWay(one));
    const shared = onTheWay(other).find((id) => mine.has(id)) ?? onTheWay(other).find((id) => host.reaches(one, id));
    if (shared === undefined) throw new Failure('the branches have nothing in common');
    return shared;
  }

  function mergedHead({ number, title }: PullRequest, head: string, base: string): string {
    if (host.reaches(head, base)) return head;
    const [shared, ours, theirs] = [filesOf(sharedOf(base, head)), filesOf(base), filesOf(head)];
    const files = mergeFiles(shared, ours, theirs, (path) => {
      throw new Failure(`pull request ${number} conflicts with ${mainBranch} in ${path}`);
    });
    const offered = files.size === theirs.size && [...files].every(([path, text]) => theirs.get(path) === text);
    const { description, stale } = compiledState(files);
    if (!offered && (description === undefined || stale.length > 0))
      throw new Failure(`pull request ${number} is not merged: ${stale[0] ?? 'it has errors'}`);
    return host.putCommit(files, [base, head], `Merge pull request ${number}: ${title}\n`, now()).id;
  }

  const stored = (number: number) => {
    const pull = pulls[number - 1];
    if (pull === undefined) throw new Failure(`there is no pull request ${number}`);
    return pull;
  };
  const end = (number: number, state: 'merged' | 'closed', sha: string): PullRequest => {
    const pull = stored(number);
    const ended: PullRequest = { ...pull, state, head: { ...pull.head, sha } };
    pulls[number - 1] = ended;
    branches.delete(pull.head.branch);
    return ended;
  };

  return {
    target: { ...host.target, history },
    forge: {
      ...host.forge,
      merge: async (number, { sha }) => {
        const pull = stored(number);
        if (pull.state !== 'open') throw new Failure(`pull request ${number} is ${pull.state} already`);
        if (branches.get(pull.head.branch) !== sha) throw new Failure(`${pull.head.branch} is no longer at ${sha}`);
        branches.set(mainBranch, mergedHead(pull, sha, branches.get(mainBranch) as string));
        return end(number, 'merged', sha);
      },
      close: async (number) => {
        const pull = stored(number);
        return pull.state === 'open' ? end(number, 'closed', branches.get(pull.head.branch) ?? pull.head.sha) : pull;
      },
    },
    heads: () => new Map(branches),
    commit: commitOf,
    read: filesOf,
    close: () => undefined,
  };
}

let scratch: string | undefined;

function mergeFiles(shared: Texts, ours: Texts, theirs: Texts, conflict: (path: string) => never): Texts {
  const merged = new Map(ours);
  for (const path of new Set([...shared.keys(), ...theirs.keys()])) {
    const [was, here, there] = [shared.get(path), ours.get(path), theirs.get(path)];
    if (there === was || there === here) continue;
    const text = here === was ? there : mergeText(was, here, there);
    if (text === undefined && here !== was) conflict(path);
    if (text === undefined) merged.delete(path);
    else merged.set(path, text);
  }
  return merged;
}

/** By git itself: which lines are too near to each other is for it to say. */
function mergeText(was: string | undefined, here: string | undefined, there: string | undefined): string | undefined {
  if (was === undefined || here === undefined || there === undefined) return undefined;
  scratch ??= temporaryFolder();
  const files = [here, was, there].map((text, number) => {
    const file = join(scratch as string, String(number));
    writeFileSync(file, text);
    return file;
  });
  try {
    return execFileSync('git', ['merge-file', '-p', '-q', ...files], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
