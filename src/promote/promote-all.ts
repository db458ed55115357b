import type { PullRequest } from '../forge/forge.ts';
import { readMarker } from '../publish/marker.ts';
import { headRelease } from '../read/sort-inputs.ts';
import { type ChangeResult, carryOut, type Mode } from './carry-out.ts';
import { settingsOf } from './description.ts';
import type { Desk } from './desk.ts';
import { rulesFor } from './gates-of.ts';
import type { Order, Recipe } from './order.ts';
import { destinations, waveOf, wavesOf } from './pipeline.ts';
import type { State } from './read-state.ts';
import type { Refusal } from './refusal.ts';
import type { Selected } from './selected.ts';
import { lookAround, type Surroundings } from './surroundings.ts';

/** Every promotion of the pipelines, wave by wave; those that were asked for before as they were asked for. */
export async function promoteAll(
  selected: Selected,
  desk: Desk,
  mode: Mode,
  known?: Surroundings | Refusal,
): Promise<ChangeResult[] | Refusal> {
  const results: ChangeResult[] = [];
  let around = known ?? (await lookAround(desk));
  if ('refused' in around) return around;
  for (const { system, environment } of destinations(around.state.description)) {
    if (selected.system?.includes(system) === false || selected.environment?.includes(environment) === false) continue;
    const { state, promotions }: Surroundings = around;
    const pull = promotions.get(`${environment}/${system}`);
    const { open = 'automatic' } = rulesFor(state.description, environment);
    if (pull === undefined && mode.due && open === 'manual') continue;
    const result = await carryOut(orderOf(system, environment, pull, state), desk, mode, around);
    results.push(result);
    if (result.outcome !== 'merged') continue;
    const next: Surroundings | Refusal = await lookAround(desk);
    if ('refused' in next) return next;
    around = next;
  }
  return results;
}

/** A reason that somebody gave is about the change that they saw, and holds for no other. */
function orderOf(system: string, to: string, pull: PullRequest | undefined, { description }: State): Order {
  const { recipe: found, content = '' } = readMarker(pull?.body ?? '') ?? {};
  const recipe = recipeOf(found);
  if (recipe === undefined) return { kind: 'promote', system, to, include: [] };
  const waves = wavesOf(description, system);
  const from = recipe.from ?? waves[waveOf(waves, to) - 1]?.[0] ?? '';
  const source = description.environments.get(from);
  const runs = (source === undefined ? undefined : settingsOf(source, system)?.release) ?? headRelease;
  const exists = description.inputs.releases.some((input) => input.system === system && input.release === recipe.release);
  return {
    kind: 'promote',
    system,
    to,
    from: recipe.from,
    include: recipe.include,
    release: runs === headRelease && !exists ? recipe.release : undefined,
    override: recipe.override,
    overrideOf: content,
  };
}

/** It stood in the body of a pull request, which people can edit. */
function recipeOf(found: unknown): Recipe | undefined {
  if (typeof found !== 'object' || found === null) return undefined;
  const { from, include, release, override } = found as Record<string, unknown>;
  const texts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
  return {
    from: typeof from === 'string' ? from : undefined,
    include: texts(include) ? include : [],
    release: typeof release === 'string' ? release : undefined,
    override: typeof override === 'string' ? override : undefined,
  };
}
