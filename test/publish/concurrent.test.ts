import { expect, test } from 'vitest';
import type { Commit } from '../../src/git/commit.ts';
import { isOurs } from '../../src/publish/commit-message.ts';
import { readMarker } from '../../src/publish/marker.ts';
import { publish } from '../../src/publish/publish.ts';
import type { PublishResult } from '../../src/publish/result.ts';
import { LostAnswer } from '../../src/store/lost-answer.ts';
import { type MemoryHost, memoryHost } from './support/memory-host.ts';
import { filesAt, requestAt } from './support/request.ts';
import { type Actor, around, interleave, randomFrom } from './support/schedule.ts';

class Killed extends Error {}

const changing = new Set(['push', 'open', 'update', 'close', 'setStatus']);

/** A publisher whose connection may break after a step, and who may die at one. */
function connected(host: MemoryHost, actor: Actor, random: () => number, breaks: number, dies: number) {
  const before = async () => {
    await actor.turn();
    if (random() < dies) throw new Killed();
  };
  const after = (name: string) => {
    if (changing.has(name) && random() < breaks) throw new LostAnswer(`no answer to ${name}`);
    if (random() < dies) throw new Killed();
  };
  return { target: around(host.target, before, after), forge: around(host.forge, before, after) };
}

/** Edits a branch that was offered, merges or closes a pull request. */
async function person(host: MemoryHost, actor: Actor, random: () => number, made: Commit[]): Promise<void> {
  for (let step = 0; step < 4; step += 1) {
    for (let pause = Math.floor(random() * 12); pause >= 0; pause -= 1) await actor.turn();
    const open = await host.forge.list('open');
    const pull = open[Math.floor(random() * open.length)];
    const chance = random();
    if (pull === undefined) continue;
    if (chance < 0.6) {
      const head = host.branches.get(pull.head.branch);
      if (head === undefined) continue;
      const files = new Map([...host.filesOf(head), [`overlays/dev/note-${step}.txt`, 'mine\n']]);
      const commit = host.putCommit(files, [head], `A person's edit ${step}\n`, 1_800_000_000 + step);
      await actor.turn();
      if ((await host.target.push(pull.head.branch, commit.id, head)).kind === 'done') made.push(commit);
    } else if (chance < 0.8 && host.branches.has(pull.head.branch)) {
      await host.forge.merge(pull.number, { sha: pull.head.sha, method: 'merge' });
    }
  }
}

async function startedHost(): Promise<MemoryHost> {
  const host = memoryHost();
  // What is there already comes from the fleet's first commit.
  const first = host.putCommit(
    filesAt(0),
    [],
    'Start\n\nStowage-Key: dev/shop\nStowage-Key: dev/stock\nStowage-Inputs: 1111111111111111111111111111111111111111\n',
    1,
  );
  host.branches.set('main', first.id);
  return host;
}

function checkHost(host: MemoryHost, made: readonly Commit[], told: string): void {
  for (const commit of made) {
    const kept = [...host.branches.values()].some((head) => host.reaches(head, commit.id));
    expect(kept, `${told}: a person's commit is lost`).toBe(true);
  }
  const open = host.pulls.filter(({ state }) => state === 'open').map(({ head }) => head.branch);
  expect(new Set(open).size, `${told}: two open pull requests of one branch`).toBe(open.length);
}

/** Each branch that is ours and offered says what the newest inputs say, on what is merged by now. */
async function checkContent(host: MemoryHost, version: number, result: PublishResult, told: string): Promise<void> {
  for (const { key, branch, outcome } of result.results) {
    if (outcome === 'blocked' || outcome === 'closed') continue;
    const head = host.branches.get(branch) as string;
    const pull = await host.forge.findPullRequest(branch);
    expect(pull?.state, `${told}: ${key} has no open pull request`).toBe('open');
    expect(readMarker(pull?.body ?? '')?.commit, `${told}: ${key} is described as it was`).toBe(head);
    expect(pull?.title, `${told}: ${key} has a title of old`).toBe(`${key} at ${version}`);
    for (const [path, text] of filesAt(version))
      if (path.includes(`/${key.split('/')[1]}/`)) expect(host.filesOf(head).get(path), `${told}: ${path}`).toBe(text);
  }
}

async function play(seed: number): Promise<void> {
  const random = randomFrom(seed);
  const host = await startedHost();
  const made: Commit[] = [];
  const told = `seed ${seed}`;
  const [breaks, dies] = [random() < 0.5 ? 0.08 : 0, random() < 0.3 ? 0.01 : 0];
  const finished: (PublishResult | undefined)[] = [];
  const publisher = (version: number) => async (actor: Actor) => {
    try {
      finished[version] = await publish(requestAt(version, connected(host, actor, random, breaks, dies)));
    } catch (error) {
      if (!(error instanceof Killed) && !(error instanceof LostAnswer)) throw error;
    }
  };
  try {
    await interleave(random, [publisher(1), publisher(2), (actor) => person(host, actor, random, made)]);
  } catch (error) {
    throw new Error(`${told}: ${(error as Error).stack}`);
  }
  checkHost(host, made, told);
  // Where the newer one got through, the older one did not take it back.
  const offered = finished[1] === undefined ? [] : (finished[2]?.results ?? []);
  for (const { branch, outcome, key } of offered) {
    const head = host.branches.get(branch);
    if (outcome === 'blocked' || outcome === 'closed' || head === undefined || !isOurs(host.commitOf(head))) continue;
    const path = `overlays/dev/${key.split('/')[1]}/kustomization.yaml`;
    expect(host.filesOf(head).get(path), `${told}: ${path} is stale`).toBe(filesAt(2).get(path));
  }
  const last = await publish(requestAt(2, host));
  checkHost(host, made, told);
  await checkContent(host, 2, last, told);
  for (const { outcome, reason } of last.results)
    if (outcome === 'blocked') expect(reason, told).toContain('carries a commit that Stowage did not make');
  const again = await publish(requestAt(2, host));
  expect(
    again.results.filter(({ outcome }) => outcome !== 'unchanged' && outcome !== 'blocked'),
    told,
  ).toEqual([]);
}

const first = Number(process.env.SCHEDULE_SEED ?? 1);

test.each(Array.from({ length: process.env.SCHEDULE_SEED === undefined ? 10 : 1 }, (_, block) => first + block * 100))(
  'two publishers and a person at once, 100 schedules from seed %i',
  async (start) => {
    for (let seed = start; seed < start + (process.env.SCHEDULE_SEED === undefined ? 100 : 1); seed += 1) await play(seed);
  },
);
