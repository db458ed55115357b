import type { PullRequest } from '../forge/forge.ts';
import { keyName, keyOfBranch } from '../publish/key.ts';
import { Failure } from '../store/fail.ts';
import type { Desk } from './desk.ts';
import { readState, type State } from './read-state.ts';
import type { Refusal } from './refusal.ts';

/** What lies on the branch, and which promotions are open. */
export interface Surroundings {
  readonly state: State;
  /** By `environment/system`. */
  readonly promotions: ReadonlyMap<string, PullRequest>;
}

export async function lookAround(desk: Desk): Promise<Surroundings | Refusal> {
  const { base } = await desk.target.heads();
  if (base === undefined) throw new Failure('the repository of the description is empty', 'push the description to it first');
  const state = await readState(base, desk);
  if ('refused' in state) return state;
  const open = await desk.forge.list('open');
  const promotions = open.flatMap((pull) => {
    const key = keyOfBranch(pull.head.branch, desk.settings.prefix, 'promote');
    return key === undefined ? [] : [[keyName(key), pull] as const];
  });
  return { state, promotions: new Map(promotions) };
}
