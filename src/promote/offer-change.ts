import type { PullRequest } from '../forge/forge.ts';
import type { Commit } from '../git/commit.ts';
import { branchName, keyName } from '../publish/key.ts';
import { withMarker } from '../publish/marker.ts';
import { publish } from '../publish/publish.ts';
import type { Review } from '../publish/publish-request.ts';
import type { KeyResult } from '../publish/result.ts';
import { commitTextOf, describeChange } from './describe-change.ts';
import type { Desk } from './desk.ts';
import type { Intent, Purpose } from './intent.ts';
import type { Order, Recipe } from './order.ts';
import { type Proposal, propose } from './propose.ts';
import { readState } from './read-state.ts';
import { type Refusal, refuse } from './refusal.ts';

const purposes: readonly (Purpose | 'compile')[] = ['promote', 'rollback', 'bump', 'compile'];
const longestBody = 65_000;

/** Opens or updates the one pull request of this change; made anew wherever the branch moves meanwhile. */
export async function offerChange(first: Proposal, base: Commit, order: Order, desk: Desk): Promise<KeyResult | Refusal> {
  const { key, purpose } = first.intent;
  const inTheWay = await clearTheWay(first.intent, desk);
  if (inTheWay !== undefined) return inTheWay;
  const name = keyName(key);
  let made: { readonly base: string; readonly proposal: Proposal } = { base: base.id, proposal: first };
  const { settings } = desk;
  const { results } = await publish({
    ...settings,
    target: desk.target,
    forge: desk.forge,
    purpose,
    labels: [...settings.labels, purpose],
    author: desk.author,
    changes: async (now) => {
      const proposal = await again(made, now, order, desk);
      if (proposal === undefined) return { sets: [], waiting: [] };
      made = proposal;
      return { sets: [proposal.proposal.set], waiting: [] };
    },
    // It is made on the commit that it is merged into, so nothing newer can be there.
    checkBase: async () => undefined,
    relate: async () => 'older',
    inputs: base.id,
    refusals: new Map(),
    review: (set, now) => reviewOf(made.proposal, set, now, order, desk),
    recipe: () => recipeOf(order, made.proposal.intent),
    selected: (one) => keyName(one) === name,
    supersede: [],
    // What was approved and checked is not made anew because something else was merged.
    staysPut: true,
    dryRun: false,
    now: () => Math.floor(desk.now().getTime() / 1000),
  });
  return results[0] ?? refuse(`there is nothing left to change in ${name}: somebody was quicker`);
}

async function again(
  made: { readonly base: string; readonly proposal: Proposal },
  now: Commit | undefined,
  order: Order,
  desk: Desk,
): Promise<{ base: string; proposal: Proposal } | undefined> {
  if (now === undefined) return undefined;
  if (now.id === made.base) return made;
  const state = await readState(now, desk);
  const answer = 'refused' in state ? state : await propose(order, state, desk);
  if ('nothing' in answer) return undefined;
  if (!('refused' in answer)) return { base: now.id, proposal: answer };
  // It stands as blocked in the result, and what was offered stays.
  const refusal = { reason: answer.refused, advice: answer.advice ?? 'look at it again' };
  return { base: now.id, proposal: { ...made.proposal, set: { ...made.proposal.set, refusal } } };
}

export async function reviewOf(
  { changed, intent, gates }: Proposal,
  set: Proposal['set'],
  base: Commit,
  order: Order,
  desk: Desk,
): Promise<Review> {
  const review = await desk.review(set, base, changed, order.allowDelete ?? []);
  const about = describeChange(intent, gates, order.override);
  const body = `${about}\n\n${review.body}`;
  return {
    ...review,
    title: intent.title,
    body: body.length > longestBody ? `${body.slice(0, body.lastIndexOf('\n', longestBody))}\n\n… cut` : body,
    commitText: commitTextOf(intent, order.override),
  };
}

function recipeOf(order: Order, { release }: Intent): Recipe | undefined {
  if (order.kind !== 'promote') return undefined;
  const { from, include, override, allowDelete = [] } = order;
  return { include, release: release?.after, from, override, allowDelete };
}

/** Two pull requests about one system in one environment would be merged as text. Who rolls back ends what is pending. */
async function clearTheWay({ key, purpose }: Intent, { forge, settings }: Desk): Promise<Refusal | undefined> {
  const names = new Map(purposes.filter((one) => one !== purpose).map((one) => [branchName(key, settings.prefix, one), one]));
  const pending = (await forge.list('open')).filter(({ head }) => names.has(head.branch));
  if (purpose !== 'rollback') {
    const [first] = pending;
    if (first === undefined) return undefined;
    return refuse(
      `pull request #${first.number} would ${names.get(first.head.branch)} ${keyName(key)} already`,
      `merge or close it first: \`stowage pr show ${first.number}\``,
    );
  }
  for (const pull of pending) await end(pull, key, forge);
  return undefined;
}

async function end(pull: PullRequest, key: Intent['key'], forge: Desk['forge']): Promise<void> {
  const marker = { key: keyName(key), content: '', commit: pull.head.sha, obsolete: true as const };
  await forge.update(pull.number, { body: withMarker(`A rollback of ${keyName(key)} takes the place of this.`, marker) });
  await forge.close(pull.number);
}
