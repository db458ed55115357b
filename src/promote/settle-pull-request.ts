import type { StatusState } from '../forge/forge.ts';
import { Failure } from '../store/fail.ts';
import type { Description } from './description.ts';
import type { Desk } from './desk.ts';
import type { Gate } from './gate.ts';
import { rulesFor } from './gates-of.ts';
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
  readonly environment: string | undefined;
  readonly gates: readonly Gate[];
  readonly override: string | undefined;
}

/** GitHub takes no more. */
const longestStatus = 140;

/** Tells the host whether gates are open, and merges where the stage allows it and all of them are. */
export async function settlePullRequest(pending: Pending, description: Description, { forge }: Desk): Promise<Settled> {
  const { number, sha, override } = pending;
  const rules = rulesFor(description, pending.environment);
  const own = override === undefined ? pending.gates.filter(({ state }) => state !== 'open') : [];
  const statuses = await forge.statuses(sha);
  const said = override === undefined ? undefined : `overridden: ${override}`;
  const [state, text]: [StatusState, string] =
    own.length === 0 ? ['success', said ?? 'every gate is open'] : ['pending', own.map((gate) => gate.text).join('; ')];
  const shown = text.length > longestStatus ? `${text.slice(0, longestStatus - 1)}…` : text;
  const known = statuses.find(({ context }) => context === gateContext);
  const notes: string[] = [];
  if (known?.state !== state || known.description !== shown) {
    try {
      await forge.setStatus(sha, state, gateContext, shown);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      notes.push(`no commit status: ${error.message}`);
    }
  }
  if (rules.merge !== 'automatic') return { merge: 'by hand', gates: own, notes };
  const others = mergeGates(rules, sha, await forge.reviews(number), statuses).filter((gate) => gate.state !== 'open');
  if (own.length + others.length > 0) return { merge: 'waiting', gates: [...own, ...others], notes };
  const request = { sha, method: 'merge' as const };
  if (forge.mergeWhenReady !== undefined) return { merge: await forge.mergeWhenReady(number, request), gates: [], notes };
  await forge.merge(number, request);
  return { merge: 'merged', gates: [], notes };
}
