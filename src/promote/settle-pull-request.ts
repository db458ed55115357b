import type { CommitStatus, Forge } from '../forge/forge.ts';
import type { StagePromotion } from '../language/promotion.ts';
import { Failure } from '../store/fail.ts';
import { LostAnswer } from '../store/lost-answer.ts';
import type { Desk } from './desk.ts';
import type { Gate } from './gate.ts';
import { gateContext, mergeGates } from './merge-gates.ts';

export interface Settled {
  readonly merge: 'merged' | 'queued' | 'waiting' | 'by hand';
  /** Those that hold it back from being merged. */
  readonly gates: readonly Gate[];
  readonly notes: readonly string[];
}

interface Pending {
  readonly number: number;
  readonly sha: string;
  readonly rules: StagePromotion;
  readonly gates: readonly Gate[];
  readonly override: string | undefined;
  /** Whether Argo CD was seen to run it well: nothing is merged without a person on nobody's word. */
  readonly verified: boolean;
}

/** GitHub takes no more. */
const longestStatus = 140;

/** Tells the host whether gates are open, and merges where the stage allows it and all of them are. */
export async function settlePullRequest(pending: Pending, { forge }: Desk): Promise<Settled> {
  const { number, sha, override, rules } = pending;
  const statuses = await forge.statuses(sha);
  const others = mergeGates(rules, sha, await forge.reviews(number), statuses);
  // A reason opens what machines see; people and checks still say for themselves.
  const gates = [...(override === undefined ? pending.gates : []), ...others].filter(({ state }) => state !== 'open');
  const notes = await tellGates(sha, gates, override, statuses, forge);
  if (rules.merge !== 'automatic') return { merge: 'by hand', gates, notes };
  if (gates.length > 0) return { merge: 'waiting', gates, notes };
  if (!pending.verified && override === undefined) {
    const text = 'it is merged by hand, since nothing says how to ask Argo CD whether it runs well: name argocd in cluster.yaml';
    return { merge: 'waiting', gates: [{ kind: 'health', state: 'unknown', text }], notes };
  }
  return { gates, notes, ...(await mergeNow(number, sha, forge)) };
}

/** Where there is no queue, nothing is left to the host: it would merge later, whatever gates and approvals say by then. */
async function mergeNow(number: number, sha: string, forge: Forge): Promise<Pick<Settled, 'merge'> & Partial<Settled>> {
  const request = { sha, method: 'merge' as const };
  if (forge.isQueued !== undefined && forge.mergeWhenReady !== undefined)
    return { merge: await forge.mergeWhenReady(number, request) };
  try {
    await forge.merge(number, request);
    return { merge: 'merged' };
  } catch (error) {
    // Others of the same run go on, and the next run tries again.
    if (!(error instanceof Failure) || error instanceof LostAnswer) throw error;
    return { merge: 'waiting', gates: [{ kind: 'status', state: 'waiting', text: error.message }] };
  }
}

/** As a status of the commit, which a host can be told to demand; said once, as long as it stays the same. */
async function tellGates(
  sha: string,
  gates: readonly Gate[],
  override: string | undefined,
  statuses: readonly CommitStatus[],
  forge: Forge,
): Promise<string[]> {
  const open = override === undefined ? 'every gate is open' : `overridden: ${override}`;
  const text = gates.length === 0 ? open : gates.map((gate) => gate.text).join('; ');
  const state = gates.length === 0 ? 'success' : 'pending';
  const shown = text.length > longestStatus ? `${text.slice(0, longestStatus - 1)}…` : text;
  const known = statuses.find(({ context }) => context === gateContext);
  if (known?.state === state && known.description === shown) return [];
  try {
    await forge.setStatus(sha, state, gateContext, shown);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [`no commit status: ${error.message}`];
  }
}
