import { schemas } from '../../../src/build-facts.ts';
import type { Desk } from '../../../src/promote/desk.ts';
import type { Purpose } from '../../../src/promote/intent.ts';
import { type ArgoFollower, argoFollower } from './argo-follower.ts';
import { compiledState } from './compiled-state.ts';
import { environments, fourEnvironments, type SystemName } from './four-environments.ts';
import { branchPrefix, type Host, mainBranch } from './host.ts';

/** What was offered with a commit, as it was shown before anybody merged it. */
export interface Offer {
  readonly number: number;
  readonly purpose: Purpose;
  readonly system: SystemName;
  readonly environment: string | undefined;
  readonly base: string;
  /** What each file is to say; undefined where it goes. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** Fields of class `hold` that go along. */
  readonly include: readonly string[];
  readonly overridden: boolean;
}

export interface World {
  readonly host: Host;
  readonly desk: Desk;
  readonly argo: ArgoFollower;
  readonly clock: { now: number };
  /** By the commit that offers it. */
  readonly offers: Map<string, Offer>;
  /** Commits that somebody approved of. */
  readonly approved: Set<string>;
  /** Commits that people put on top of what was offered. */
  readonly pushed: { readonly number: number; readonly branch: string; readonly sha: string }[];
  /** What happened, for whoever has to find out why a schedule fails. */
  readonly log: string[];
}

const start = Date.parse('2026-03-02T09:00:00Z');

/** A host with the compiled description on its branch, and everything that promoting there takes. */
export async function openWorld(
  openHost: (now: () => number) => Promise<Host> | Host,
  staging: 'automatic' | 'manual',
): Promise<World> {
  const clock = { now: start };
  const host = await openHost(() => Math.floor(clock.now / 1000));
  const argo = argoFollower();
  const desk: Desk = {
    target: host.target,
    forge: host.forge,
    deployed: async () => ({ target: host.target, path: '' }),
    settings: { branch: mainBranch, path: '', labels: [], reviewers: [], draft: false, sign: false, prefix: branchPrefix },
    author: { name: 'Promoter', email: 'promoter@example.com' },
    options: { schemas, compiler: 'test' },
    now: () => new Date(clock.now),
    askStatus: () => argo.ask,
    // kustomize looks at what is there in the end.
    prove: async () => undefined,
    review: async ({ set: { name, files } }) => ({ title: name, body: `${files.length} files`, block: undefined }),
  };
  const world: World = { host, desk, argo, clock, offers: new Map(), approved: new Set(), pushed: [], log: [] };
  const files = new Map([...fourEnvironments(staging)].map(([path, text]) => [path, String(text)]));
  // Something that ran before, so that each can be rolled back from the start.
  const earlier = new Map([...files].map(([path, text]) => [path, text.replaceAll('epochs: 1', 'epochs: 2')]));
  await commitByPerson(world, mainBranch, new Map([...earlier, ...compiledState(earlier).outputs]), 'Begin');
  clock.now += 60_000;
  const first = await commitByPerson(world, mainBranch, new Map([...files, ...compiledState(files).outputs]), 'Fewer epochs');
  for (const environment of environments) argo.follow(environment, first, desk.now(), undefined);
  return world;
}

export function mainOf({ host }: World): string {
  return host.heads().get(mainBranch) as string;
}

/** A commit on a branch as a person's git makes it. */
export async function commitByPerson(
  { desk: { target }, clock }: World,
  branch: string,
  changes: ReadonlyMap<string, string | undefined>,
  message: string,
): Promise<string> {
  const { base, branches } = await target.heads();
  const head = branch === mainBranch ? base : branches.get(branch);
  const commit = await target.writeCommit({
    tree: await target.writeTree(head?.id, changes),
    parent: head?.id,
    time: Math.floor(clock.now / 1000),
    author: { name: 'A person', email: 'person@example.com' },
    message: `${message}\n`,
    sign: false,
  });
  const answer = await target.push(branch, commit.id, head?.id);
  if (answer.kind !== 'done') throw new Error(`the push to ${branch} was ${answer.kind}`);
  return commit.id;
}
