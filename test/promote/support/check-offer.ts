import { isDeepStrictEqual } from 'node:util';
import type { ChangeResult } from '../../../src/promote/carry-out.ts';
import type { Failure } from '../../../src/store/fail.ts';
import { checkReady } from './check-ready.ts';
import { compiledState } from './compiled-state.ts';
import { promotedSet } from './entries.ts';
import type { SystemName } from './four-environments.ts';
import { violation } from './violation.ts';
import { mainOf, type Offer, type World } from './world.ts';

type Texts = ReadonlyMap<string, string>;

/** What was shown and what was done have the same files, and nothing is done that was refused. */
export function checkPreview(preview: ChangeResult | undefined, result: ChangeResult, base: string, { host }: World): void {
  const described = compiledState(host.read(base)).description !== undefined;
  if (preview === undefined || !described) {
    if (result.outcome !== 'refused') violation('a description with errors is no obstacle', result.outcome);
    return;
  }
  const { outcome } = preview;
  if (outcome === 'refused' && result.reason !== preview.reason)
    violation('what was refused as a preview is done', result.reason);
  if (outcome === 'nothing' && result.outcome !== 'nothing')
    violation('something is done where nothing was to do', result.outcome);
  if (outcome === 'preview' && preview.gates.length > 0 && result.outcome !== 'refused')
    violation('closed gates are no obstacle', result.outcome);
  const [shown, done] = [preview.proposal?.set.files, result.proposal?.set.files];
  if (shown !== undefined && done !== undefined && !isDeepStrictEqual(shown, done)) violation('the preview shows other files');
}

const offered: ReadonlySet<string> = new Set(['opened', 'updated', 'unchanged', 'merged']);

/** What is offered changes just what was shown, and nothing that is not as its description says. */
export async function checkOffer(result: ChangeResult, base: string | undefined, world: World): Promise<void> {
  const { outcome, proposal, pullRequest: { number } = { number: 0 } } = result;
  if (!offered.has(outcome) || proposal === undefined) return;
  const { host, offers, desk } = world;
  const { intent, set } = proposal;
  const pull = await desk.forge.get(number);
  const { sha = '' } = pull?.head ?? {};
  const parent = host.commit(sha).parents[0] as string;
  if (base !== undefined && parent !== base && outcome !== 'unchanged')
    violation('what is offered is not made on the head of the branch');
  const files = new Map(set.files.map(({ path, text }) => [path, text]));
  const changed = differences(host.read(parent), host.read(sha));
  if (!isDeepStrictEqual(sorted(changed), sorted(files))) violation('what is offered is not what was shown', [...changed.keys()]);
  const { stale } = compiledState(host.read(parent));
  const carried = stale.filter((path) => files.has(path));
  if (carried.length > 0) violation('what somebody did not compile is carried away', carried);
  const taken = intent.fields.filter((field) => field.class === 'hold' && field.taken).map(({ name }) => name);
  const offer: Offer = {
    number,
    purpose: intent.purpose,
    system: intent.system as SystemName,
    environment: intent.environment,
    base: parent,
    files,
    include: taken,
    overridden: pull?.body.includes('Gates were overridden') === true,
  };
  offers.set(sha, offer);
  await checkReady(offer, outcome === 'merged', sha, world);
}

/** Where nobody touched what it changes, and all else is sound, it can be merged. */
export function checkLiveMerge(sha: string, main: string, failure: Failure, { host, offers }: World): void {
  const offer = offers.get(sha);
  if (offer === undefined || offer.purpose === 'bump') return;
  const [then, now] = [host.read(offer.base), host.read(main)];
  const { description, stale } = compiledState(now);
  if (description === undefined || stale.length > 0) return;
  if ([...offer.files.keys()].every((path) => then.get(path) === now.get(path)))
    violation('a change that nobody else touched cannot be merged', failure.message);
}

/** A second run finds nothing to do. */
export async function checkQuiet(world: World, again: () => Promise<unknown>): Promise<void> {
  const before = await snapshot(world);
  await again();
  const after = await snapshot(world);
  if (!isDeepStrictEqual(before, after)) violation('a second run changes something', { before, after });
}

async function snapshot(world: World): Promise<unknown> {
  const pulls = (await world.desk.forge.list('all')).map(({ number, state, head, title, body }) => ({
    number,
    state,
    head,
    title,
    body,
  }));
  return { main: mainOf(world), heads: [...world.host.heads()].sort(), pulls };
}

export function differences(before: Texts, after: Texts): Map<string, string | undefined> {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return new Map(paths.filter((path) => before.get(path) !== after.get(path)).map((path) => [path, after.get(path)]));
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** A reason that somebody gave is about the set that they saw. */
export function checkOverrides(before: ReadonlyMap<string, Offer>, { host, offers }: World): void {
  for (const [sha, offer] of offers) {
    if (before.has(sha) || !offer.overridden || offer.environment === undefined) continue;
    const [seen] = [...before].findLast(([, earlier]) => earlier.number === offer.number) ?? [];
    const [was, is] = [seen, sha].map((id) => {
      const { description } = id === undefined ? {} : compiledState(host.read(id));
      return description && promotedSet(description, offer.environment as string, offer.system);
    });
    if (was !== is) violation('an override holds for a set that nobody saw', { was, is });
  }
}
