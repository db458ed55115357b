import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PullRequest } from '../forge/forge.ts';
import { contentOf } from '../publish/content-of.ts';
import { firewall } from '../publish/firewall.ts';
import { keyName } from '../publish/key.ts';
import type { KeyResult, PullRequestName } from '../publish/result.ts';
import type { Desk } from './desk.ts';
import type { Gate } from './gate.ts';
import { offerChange, withdraw } from './offer-change.ts';
import type { Order } from './order.ts';
import { planOf } from './plan-of.ts';
import { type Answer, type Proposal, propose } from './propose.ts';
import type { State } from './read-state.ts';
import type { Comparison, Nothing, Refusal } from './refusal.ts';
import { settlePullRequest } from './settle-pull-request.ts';
import { lookAround, type Surroundings } from './surroundings.ts';
import { takenBackGate } from './taken-back.ts';

export type ChangeOutcome =
  | 'preview'
  | 'opened'
  | 'updated'
  | 'unchanged'
  | 'merged'
  | 'queued'
  | 'waiting'
  | 'refused'
  | 'blocked'
  | 'nothing';

/** What became of an order. */
export interface ChangeResult {
  /** `environment/system`, or `base:system` for a System's head. */
  readonly key: string;
  readonly outcome: ChangeOutcome;
  readonly proposal?: Proposal | undefined;
  /** What differs although there is nothing to do. */
  readonly compared?: Comparison | undefined;
  readonly pullRequest?: PullRequestName | undefined;
  readonly reason?: string | undefined;
  readonly advice?: string | undefined;
  /** Those that hold it back. */
  readonly gates: readonly Gate[];
  readonly diagnostics?: readonly Diagnostic[] | undefined;
  readonly notes: readonly string[];
}

export interface Mode {
  /** Shows what would be done, and writes nothing. */
  readonly dryRun: boolean;
  /** Whether a closed gate is no problem: a scheduled run comes again. */
  readonly due: boolean;
}

/** Propose, wait for gates, offer, merge where nobody need do that by hand. */
export async function carryOut(order: Order, desk: Desk, mode: Mode, known?: Surroundings | Refusal): Promise<ChangeResult> {
  const name = nameOf(order);
  const around = known ?? (await lookAround(desk));
  if ('refused' in around) return refused(name, around);
  const { state } = around;
  const answer: Answer = await propose(order, state, desk);
  const pending = order.kind === 'promote' && !mode.dryRun ? around.promotions.get(name) : undefined;
  if ('nothing' in answer || 'refused' in answer) return notOffered(answer, name, pending, state, desk, mode);
  const meant = stillMeant(order, answer, desk);
  const closed = meant.override === undefined ? answer.gates.filter((gate) => gate.state !== 'open') : [];
  // What somebody has asked for, by opening it, is not held back.
  if (mode.due && !around.promotions.has(name)) closed.push(...(await takenBackGate(answer.intent, state, desk)));
  if (mode.dryRun)
    return { key: name, outcome: 'preview', proposal: answer, gates: closed, notes: [], ...blockOf(answer, order, desk) };
  if (closed.length > 0) return held(name, answer, closed, pending, desk, mode);
  const offered = await offerChange(answer, state.base, meant, desk);
  if ('refused' in offered) return refused(name, offered);
  return settled(offered, answer, meant, desk);
}

/** What would stop it, as far as that is known before the host is asked. */
function blockOf(
  { set, changed }: Proposal,
  { allowDelete = [] }: Order,
  { options }: Desk,
): Pick<ChangeResult, 'reason' | 'advice'> {
  const { reason, advice } = set.refusal ?? firewall(planOf(changed, options).hazards, allowDelete) ?? {};
  return reason === undefined ? {} : { reason, advice };
}

function stillMeant(order: Order, { set }: Proposal, { target }: Desk): Order {
  const { overrideOf } = order;
  return overrideOf === undefined || overrideOf === contentOf(set, target) ? order : { ...order, override: undefined };
}

/** What was offered before is taken back where it is wanted no more, and waits where it cannot be made anew. */
async function notOffered(
  answer: Refusal | Nothing,
  key: string,
  pending: PullRequest | undefined,
  { base }: State,
  desk: Desk,
  { due }: Mode,
): Promise<ChangeResult> {
  const reason = 'nothing' in answer ? answer.nothing : answer.refused;
  const wanted = 'refused' in answer && answer.stands !== true;
  const notes: string[] = [];
  if (pending !== undefined && wanted) {
    const gates: Gate[] = [{ kind: 'wave', state: 'waiting', text: reason }];
    notes.push(...(await settlePullRequest({ ...openOf(pending), rules: {}, gates }, desk)).notes);
  }
  const [environment = '', system = ''] = key.split('/');
  const closed =
    pending === undefined || wanted ? undefined : await withdraw({ scope: 'system', environment, system }, base, desk);
  if (closed?.outcome === 'closed') notes.push(`pull request #${closed.pullRequest?.number} was closed: it is wanted no more`);
  if ('nothing' in answer) return { key, outcome: 'nothing', reason, compared: answer.compared, gates: [], notes };
  if (due && !wanted) return { key, outcome: 'waiting', reason, advice: answer.advice, gates: [], notes };
  return { ...refused(key, answer), notes };
}

/** One that nothing is merged of. */
function openOf({ number, head }: PullRequest) {
  return { number, sha: head.sha, verified: false, override: undefined };
}

export function nameOf(order: Order): string {
  if (order.kind === 'promote') return `${order.to}/${order.system}`;
  return order.environment === undefined ? `base:${order.system}` : `${order.environment}/${order.system}`;
}

function refused(key: string, { refused: reason, advice, diagnostics }: Refusal): ChangeResult {
  return { key, outcome: 'refused', reason, advice, diagnostics, gates: [], notes: [] };
}

/** What is offered already stays offered, and says what it waits for. */
async function held(
  key: string,
  proposal: Proposal,
  gates: readonly Gate[],
  pull: PullRequest | undefined,
  desk: Desk,
  { due }: Mode,
): Promise<ChangeResult> {
  const { notes } =
    pull === undefined ? { notes: [] } : await settlePullRequest({ ...openOf(pull), rules: proposal.rules, gates }, desk);
  return {
    key,
    outcome: due ? 'waiting' : 'refused',
    proposal,
    ...(pull === undefined ? {} : { pullRequest: { number: pull.number, ...(pull.url === undefined ? {} : { url: pull.url }) } }),
    reason: gates.map((gate) => gate.text).join('; '),
    advice: 'wait, or say with --override "<why>" that it cannot',
    gates,
    notes,
  };
}

async function settled(
  { outcome, pullRequest, commit, reason, advice, notes = [] }: KeyResult,
  proposal: Proposal,
  order: Order,
  desk: Desk,
): Promise<ChangeResult> {
  const { intent, gates } = proposal;
  const result = { key: keyName(intent.key), proposal, pullRequest, notes };
  if (outcome === 'blocked' || outcome === 'closed' || pullRequest === undefined || commit === undefined)
    return { ...result, outcome: 'blocked', reason, advice, gates: [] };
  const verified = intent.purpose !== 'promote' || gates.some(({ kind, state }) => kind === 'health' && state === 'open');
  const pending = { number: pullRequest.number, sha: commit, rules: proposal.rules, gates, verified, override: order.override };
  const done = await settlePullRequest(pending, desk);
  return {
    ...result,
    outcome: done.merge === 'merged' || done.merge === 'queued' ? done.merge : outcome,
    reason: done.gates.length === 0 ? undefined : done.gates.map((gate) => gate.text).join('; '),
    gates: done.gates,
    notes: [...notes, ...done.notes],
  };
}
