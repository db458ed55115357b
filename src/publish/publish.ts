import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { LostAnswer } from '../store/lost-answer.ts';
import { type Attempt, named, type Progress } from './attempt.ts';
import { branchName, type Key, keyName, keyOfBranch } from './key.ts';
import { look, type View } from './look.ts';
import { offer } from './offer.ts';
import type { PublishRequest } from './publish-request.ts';
import type { KeyResult, PublishResult } from './result.ts';
import { retire } from './retire.ts';

const attempts = 6;
const rounds = 4;

/**
 * Gather → plan → apply: looks at the target, finds which files belong together, and settles each key. Every step that
 * others see holds on to what was found before it; where that no longer holds, or an answer was lost, it looks again.
 */
export async function publish(request: PublishRequest): Promise<PublishResult> {
  const progress = new Map<string, Progress>();
  // What an earlier round did is told, also where nothing is left to do.
  let touched: readonly Key[] = [];
  let view = await look(request);
  for (let round = 1; ; round += 1) {
    const keys = await keysToSettle(view, touched, request);
    const results: KeyResult[] = [];
    for (const [name, key] of keys) {
      request.onProgress?.(name, results.length, keys.length);
      const known = progress.get(name) ?? { described: new Set() };
      progress.set(name, known);
      const result = await settle(key, view, known, request);
      if (result !== undefined) results.push(result);
    }
    const now = results.some(({ outcome }) => outcome === 'opened' || outcome === 'updated') ? await look(request) : view;
    // What was offered on a branch that has moved meanwhile may be older than what is there now.
    if (now.base?.id === view.base?.id || round === rounds) return { results, waiting: now.waiting };
    view = now;
    touched = keys.map(([, key]) => key);
  }
}

/** Those with changes, and those that were offered before and have none any more. */
async function keysToSettle(
  view: View,
  known: readonly Key[],
  { forge, prefix, purpose, selected }: PublishRequest,
): Promise<[string, Key][]> {
  const open = (await forge.list('open')).map(({ head }) => head.branch);
  const offered = [...view.branches.keys(), ...open].flatMap((branch) => keyOfBranch(branch, prefix, purpose) ?? []);
  const changed = [...view.sets.values()].map(({ key }) => key);
  const keys = new Map([...known, ...changed, ...offered].map((key) => [keyName(key), key]));
  return [...keys].filter(([, key]) => selected(key)).sort(([one], [other]) => compareText(one, other));
}

async function settle(key: Key, first: View, progress: Progress, request: PublishRequest): Promise<KeyResult | undefined> {
  const name = keyName(key);
  const branch = branchName(key, request.prefix, request.purpose);
  let view = first;
  let lost: LostAnswer | undefined;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      if (attempt > 1) view = await look(request);
      const set = view.sets.get(name);
      const here: Attempt = { key, name, branch, view, progress };
      const result = set === undefined ? await retire(here, request) : await offer(set, here, request);
      if (result === undefined || !('moved' in result)) return settled(result, here);
    } catch (error) {
      // Whether it happened is read back, and what is missing is done.
      if (!(error instanceof LostAnswer)) throw error;
      lost = error;
    }
  }
  if (lost !== undefined) throw lost;
  return {
    key: name,
    branch,
    outcome: 'blocked',
    files: [],
    reason: `somebody else keeps changing ${branch}`,
    advice: 'run it again when the others are done',
  };
}

/** What is found to be done counts as done by this run where it did it, and the answer was lost. */
function settled(result: KeyResult | undefined, { name, branch, progress }: Attempt): KeyResult | undefined {
  const { did, pull } = progress;
  if (did === undefined) return result;
  if (result === undefined) return did === 'closed' ? { key: name, branch, outcome: did, files: [], ...named(pull) } : undefined;
  return result.outcome === 'unchanged' ? { ...result, outcome: did } : result;
}
