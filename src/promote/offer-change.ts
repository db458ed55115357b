import { fitText } from '../forge/fit-text.ts';
import type { Commit } from '../git/commit.ts';
import { keyName } from '../publish/key.ts';
import { publish } from '../publish/publish.ts';
import type { PublishRequest, Review } from '../publish/publish-request.ts';
import type { KeyResult } from '../publish/result.ts';
import { clearTheWay } from './clear-the-way.ts';
import { commitTextOf, describeChange } from './describe-change.ts';
import type { Desk } from './desk.ts';
import type { Intent } from './intent.ts';
import type { Order, Recipe } from './order.ts';
import { type Proposal, propose } from './propose.ts';
import { readState } from './read-state.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Hosts take 65,536 characters, and the mark of the change stands behind the text. */
const longestBody = 64_000;

/** Opens or updates the one pull request of this change; made anew wherever the branch moves meanwhile. */
export async function offerChange(first: Proposal, base: Commit, order: Order, desk: Desk): Promise<KeyResult | Refusal> {
  const { key, purpose } = first.intent;
  const inTheWay = await clearTheWay(first.intent, desk);
  if (inTheWay !== undefined) return inTheWay;
  let made: Made = { base: base.id, proposal: first };
  const { settings } = desk;
  const { results } = await publish({
    ...requestOf(key, purpose, base, desk),
    reviewers: [...new Set([...settings.reviewers, ...(first.rules.approvers ?? [])])],
    changes: async (now) => {
      const proposal = await again(made, now, order, desk);
      if (proposal === undefined) return { sets: [], waiting: [] };
      made = proposal;
      return { sets: [proposal.proposal.set], waiting: [] };
    },
    review: (set, now) => reviewOf(made.proposal, set, now, order, desk),
    recipe: () => recipeOf(order, made.proposal.intent),
  });
  const [result] = results;
  if (result !== undefined && result.outcome !== 'closed') return result;
  return refuse(`there is nothing left to change in ${keyName(key)}: somebody was quicker`);
}

/** Closes what was offered and is wanted no more. */
export async function withdraw(key: Intent['key'], base: Commit, desk: Desk): Promise<KeyResult | undefined> {
  const nothing = async () => ({ sets: [], waiting: [] });
  const review = () => Promise.reject(new Error('nothing is offered'));
  return (await publish({ ...requestOf(key, 'promote', base, desk), changes: nothing, review })).results[0];
}

function requestOf(
  key: Intent['key'],
  purpose: Intent['purpose'],
  base: Commit,
  { settings, target, forge, author, now }: Desk,
): Omit<PublishRequest, 'changes' | 'review'> {
  const name = keyName(key);
  return {
    ...settings,
    target,
    forge,
    purpose,
    author,
    labels: [...settings.labels, purpose],
    // It is made on the commit that it is merged into, so nothing newer can be there.
    checkBase: async () => undefined,
    relate: async () => 'older',
    inputs: base.id,
    refusals: new Map(),
    selected: (one) => keyName(one) === name,
    supersede: [],
    dryRun: false,
    now: () => Math.floor(now().getTime() / 1000),
  };
}

interface Made {
  /** The commit that it was made on. */
  readonly base: string;
  readonly proposal: Proposal;
}

async function again(made: Made, now: Commit | undefined, order: Order, desk: Desk): Promise<Made | undefined> {
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

async function reviewOf(
  { changed, intent, gates }: Proposal,
  set: Proposal['set'],
  base: Commit,
  order: Order,
  desk: Desk,
): Promise<Review> {
  const about = describeChange(intent, gates, order.override);
  const room = Math.max(0, longestBody - about.length);
  const review = await desk.review({ set, base, changed, allowed: order.allowDelete ?? [], room });
  return {
    ...review,
    title: intent.title,
    body: fitText(`${about}\n\n${review.body}`, longestBody),
    commitText: commitTextOf(intent, order.override),
  };
}

function recipeOf(order: Order, { release }: Intent): Recipe | undefined {
  if (order.kind !== 'promote') return undefined;
  const { from, include, override } = order;
  return { include, release: release?.after, from, override };
}
