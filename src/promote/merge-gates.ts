import type { CommitStatus, PersonReview } from '../forge/forge.ts';
import type { StagePromotion } from '../language/promotion.ts';
import type { Gate } from './gate.ts';

/** The status that says whether gates are open; a host can be told to demand it. */
export const gateContext = 'stowage/gates';

/** What must hold before a pull request is merged without a person: approvals of just this commit, green statuses. */
export function mergeGates(
  rules: StagePromotion,
  sha: string,
  reviews: readonly PersonReview[],
  statuses: readonly CommitStatus[],
): Gate[] {
  return [...approvalGate(rules, sha, reviews), ...statusGate(rules, statuses)];
}

function approvalGate({ approvals = 0, approvers }: StagePromotion, sha: string, reviews: readonly PersonReview[]): Gate[] {
  const counts = reviews.filter(({ by }) => approvers === undefined || approvers.includes(by));
  const against = counts.filter(({ state }) => state === 'changes-requested').map(({ by }) => by);
  const text = against.length > 0 ? `${against.join(', ')} asked for changes` : undefined;
  if (text !== undefined) return [{ kind: 'approval', state: 'waiting', text }];
  if (approvals === 0) return [];
  const who = new Set(counts.filter((review) => review.state === 'approved' && review.sha === sha).map(({ by }) => by));
  const of = approvers === undefined ? '' : ` of ${approvers.join(', ')}`;
  const have = `${who.size} of ${approvals} ${approvals === 1 ? 'approval' : 'approvals'}${of}`;
  return [{ kind: 'approval', state: who.size >= approvals ? 'open' : 'waiting', text: have }];
}

function statusGate({ statuses: wanted = [] }: StagePromotion, statuses: readonly CommitStatus[]): Gate[] {
  const others = statuses.filter(({ context }) => context !== gateContext);
  const failed = others.filter(({ state }) => state === 'failure' || state === 'error').map(({ context }) => context);
  const missing = wanted.filter((name) => !others.some(({ context, state }) => context === name && state === 'success'));
  if (failed.length > 0) return [{ kind: 'status', state: 'waiting', text: `failed: ${failed.join(', ')}` }];
  if (missing.length > 0) return [{ kind: 'status', state: 'waiting', text: `not green yet: ${missing.join(', ')}` }];
  return wanted.length === 0 ? [] : [{ kind: 'status', state: 'open', text: `green: ${wanted.join(', ')}` }];
}
