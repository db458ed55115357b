import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PullRequest } from '../forge/forge.ts';
import { branchName, keyName } from '../publish/key.ts';
import { readMarker } from '../publish/marker.ts';
import type { KeyResult, PullRequestName } from '../publish/result.ts';
import { Failure } from '../store/fail.ts';
import type { Desk } from './desk.ts';
import type { Gate } from './gate.ts';
import { offerChange } from './offer-change.ts';
import type { Order } from './order.ts';
import { type Answer, type Proposal, propose } from './propose.ts';
import { readState, type State } from './read-state.ts';
import type { Comparison, Refusal } from './refusal.ts';
import { settlePullRequest } from './settle-pull-request.ts';

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
export async function carryOut(order: Order, desk: Desk, mode: Mode, known?: State): Promise<ChangeResult> {
  const name = nameOf(order);
  const state = known ?? (await currentState(desk));
  if ('refused' in state) return refused(name, state);
  const answer: Answer = await propose(order, state, desk);
  if ('nothing' in answer)
    return { key: name, outcome: 'nothing', reason: answer.nothing, compared: answer.compared, gates: [], notes: [] };
  if ('refused' in answer) return refused(name, answer);
  const closed = order.override === undefined ? answer.gates.filter((gate) => gate.state !== 'open') : [];
  if (mode.dryRun) return { key: name, outcome: 'preview', proposal: answer, gates: closed, notes: [] };
  if (closed.length > 0) return held(name, answer, closed, state, desk, mode);
  const offered = await offerChange(answer, state.base, order, desk);
  if ('refused' in offered) return refused(name, offered);
  return settled(offered, answer, order, state, desk);
}

export async function currentState(desk: Desk): Promise<State | Refusal> {
  const { base } = await desk.target.heads();
  if (base === undefined) throw new Failure('the repository of the description is empty', 'push the description to it first');
  return readState(base, desk);
}

export function nameOf(order: Order): string {
  if (order.kind === 'promote') return `${order.to}/${order.system}`;
  return order.environment === undefined ? `base:${order.system}` : `${order.environment}/${order.system}`;
}

/** The open pull request of a promotion that somebody asked for before. */
export async function pendingPromotion(
  environment: string,
  system: string,
  { forge, settings }: Desk,
): Promise<PullRequest | undefined> {
  const branch = branchName({ scope: 'system', environment, system }, settings.prefix, 'promote');
  const pull = await forge.findPullRequest(branch);
  return pull?.state === 'open' ? pull : undefined;
}

function refused(key: string, { refused: reason, advice, diagnostics }: Refusal): ChangeResult {
  return { key, outcome: 'refused', reason, advice, diagnostics, gates: [], notes: [] };
}

/** What is offered already stays offered, and says what it waits for. */
async function held(
  key: string,
  proposal: Proposal,
  gates: readonly Gate[],
  { description }: State,
  desk: Desk,
  { due }: Mode,
): Promise<ChangeResult> {
  const { environment, system, purpose } = proposal.intent;
  const pull = environment === undefined || purpose !== 'promote' ? undefined : await pendingPromotion(environment, system, desk);
  const { notes } =
    pull === undefined
      ? { notes: [] }
      : await settlePullRequest(
          { number: pull.number, sha: pull.head.sha, environment, gates, override: undefined },
          description,
          desk,
        );
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
  { description }: State,
  desk: Desk,
): Promise<ChangeResult> {
  const { intent, gates } = proposal;
  const result = { key: keyName(intent.key), proposal, pullRequest, notes };
  if (outcome === 'blocked' || outcome === 'closed' || pullRequest === undefined || commit === undefined)
    return { ...result, outcome: 'blocked', reason, advice, gates: [] };
  const pending = { number: pullRequest.number, sha: commit, environment: intent.environment, gates, override: order.override };
  const done = await settlePullRequest(pending, description, desk);
  return {
    ...result,
    outcome: done.merge === 'merged' || done.merge === 'queued' ? done.merge : outcome,
    reason: done.gates.length === 0 ? undefined : done.gates.map((gate) => gate.text).join('; '),
    gates: done.gates,
    notes: [...notes, ...done.notes],
  };
}

export function recipeIn(pull: PullRequest | undefined): unknown {
  return pull === undefined ? undefined : readMarker(pull.body)?.recipe;
}
