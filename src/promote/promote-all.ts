import { headRelease } from '../read/sort-inputs.ts';
import { type ChangeResult, carryOut, currentState, type Mode, pendingPromotion, recipeIn } from './carry-out.ts';
import { settingsOf } from './description.ts';
import type { Desk } from './desk.ts';
import { rulesFor } from './gates-of.ts';
import type { Order, Recipe } from './order.ts';
import { destinations, waveOf, wavesOf } from './pipeline.ts';
import type { State } from './read-state.ts';
import type { Refusal } from './refusal.ts';

export interface Selected {
  readonly environment?: readonly string[] | undefined;
  readonly system?: readonly string[] | undefined;
}

/** What became of a promotion, and the commit that it was made on. */
interface Made {
  readonly result: ChangeResult;
  readonly base: string;
}

/**
 * Every promotion of the pipelines, wave by wave; those that were asked for before as they were asked for. What is merged
 * on the way moves the branch: what was offered before that is made anew, or the next run would find it outdated.
 */
export async function promoteAll(selected: Selected, desk: Desk, mode: Mode): Promise<ChangeResult[] | Refusal> {
  const made = new Map<string, Made>();
  let state = await currentState(desk);
  if ('refused' in state) return state;
  for (let before: string | undefined; before !== state.base.id; ) {
    before = state.base.id;
    for (const { system, environment } of destinations(state.description)) {
      if (selected.system?.includes(system) === false || selected.environment?.includes(environment) === false) continue;
      const name = `${environment}/${system}`;
      const earlier = made.get(name);
      if (earlier?.base === state.base.id || earlier?.result.outcome === 'merged') continue;
      const pull = await pendingPromotion(environment, system, desk);
      const { open = 'automatic' } = rulesFor(state.description, environment);
      if (pull === undefined && mode.due && open === 'manual') continue;
      const result = await carryOut(orderOf(system, environment, recipeOf(recipeIn(pull)), state), desk, mode, state);
      made.set(name, { result: both(earlier?.result, result), base: state.base.id });
      if (result.outcome !== 'merged') continue;
      const next: State | Refusal = await currentState(desk);
      if ('refused' in next) return next;
      state = next;
    }
  }
  return [...made.values()].map(({ result }) => result);
}

/** Opened and then made anew is opened, for whoever reads what a run did. */
function both(earlier: ChangeResult | undefined, now: ChangeResult): ChangeResult {
  const isNew = earlier?.outcome === 'opened' || earlier?.outcome === 'updated';
  return isNew && (now.outcome === 'updated' || now.outcome === 'unchanged') ? { ...now, outcome: earlier.outcome } : now;
}

/** A reason that somebody gave is about the set that they saw, and holds for no other. */
function orderOf(system: string, to: string, recipe: Recipe | undefined, { description }: State): Order {
  if (recipe === undefined) return { kind: 'promote', system, to, include: [] };
  const waves = wavesOf(description, system);
  const from = recipe.from ?? waves[waveOf(waves, to) - 1]?.[0] ?? '';
  const source = description.environments.get(from);
  const runs = (source === undefined ? undefined : settingsOf(source, system)?.release) ?? headRelease;
  const exists = description.inputs.releases.some((input) => input.system === system && input.release === recipe.release);
  const same = runs === recipe.release || runs === headRelease;
  return {
    kind: 'promote',
    system,
    to,
    from: recipe.from,
    include: recipe.include,
    release: runs === headRelease && !exists ? recipe.release : undefined,
    override: same ? recipe.override : undefined,
    allowDelete: recipe.allowDelete ?? [],
  };
}

/** It stood in the body of a pull request, which people can edit. */
function recipeOf(found: unknown): Recipe | undefined {
  if (typeof found !== 'object' || found === null) return undefined;
  const { from, include, release, override, allowDelete } = found as Record<string, unknown>;
  const texts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
  return {
    from: typeof from === 'string' ? from : undefined,
    include: texts(include) ? include : [],
    release: typeof release === 'string' ? release : undefined,
    override: typeof override === 'string' ? override : undefined,
    allowDelete: texts(allowDelete) ? allowDelete : [],
  };
}
