import { didYouMean } from '../diagnostics/suggest.ts';
import type { SystemSettings } from '../language/environment.ts';
import { headRelease } from '../read/sort-inputs.ts';
import { chooseRelease } from './choose-release.ts';
import { compareReleases } from './compare-releases.ts';
import { type DescribedEnvironment, type Description, settingsOf } from './description.ts';
import type { Intent } from './intent.ts';
import { type Waves, waveOf, wavesOf } from './pipeline.ts';
import { type Nothing, type Refusal, refuse } from './refusal.ts';
import { names, type Transfer, transfer } from './transfer.ts';

export interface PromotionOrder {
  readonly system: string;
  readonly to: string;
  /** By default the wave before. */
  readonly from?: string | undefined;
  /** Fields of class `hold` that go along. */
  readonly include: readonly string[];
  /** What a head that is frozen on the way is called. */
  readonly release?: string | undefined;
}

interface Route {
  readonly source: DescribedEnvironment;
  readonly target: DescribedEnvironment;
  /** Others that must have what is promoted: the rest of the wave, and waves that are skipped. */
  readonly witnesses: readonly DescribedEnvironment[];
  /** Of the wave that it comes from: all of them must run it well. */
  readonly beside: readonly string[];
}

/** What promoting a system would change in the description. */
export function planPromotion(description: Description, order: PromotionOrder): Intent | Refusal | Nothing {
  const route = findRoute(description, order);
  if ('refused' in route) return route;
  const { source, target, witnesses, beside } = route;
  const { system } = order;
  const [theirs, ours] = [entry(source, system), entry(target, system)];
  const before = ours.release ?? headRelease;
  const chosen = chooseRelease(description, system, theirs.release ?? headRelease, order.release);
  if ('refused' in chosen) return chosen;
  const backwards = compareReleases(before, chosen.name);
  if (backwards !== undefined && backwards > 0 && chosen.files.size > 0)
    return refuseOlderName(description, system, target, before, chosen.name);
  if (backwards !== undefined && backwards > 0)
    return {
      refused: `${target.name} runs ${system} ${before}, and ${source.name} has the older ${chosen.name}`,
      advice: `\`stowage rollback ${target.name}/${system} --to ${chosen.name}\` goes backwards`,
      stands: true,
    };
  const words = description.release(system, theirs.release ?? headRelease);
  const path = ['spec', 'systems', system];
  const moved = transfer({ ...theirs, release: chosen.name }, { ...ours, release: before }, words, order.include, path);
  const wrong = unknownIncludes(order.include, moved);
  if (wrong !== undefined) return wrong;
  if (moved.edits.length === 0) return nothing(system, source, target, moved);
  return {
    purpose: 'promote',
    key: { scope: 'system', environment: target.name, system },
    title: titleOf(system, target, before, chosen.name),
    system,
    environment: target.name,
    edits: new Map([[target.path, moved.edits]]),
    additions: before === chosen.name ? new Map() : chosen.files,
    fields: moved.fields,
    from: source.name,
    release: before === chosen.name ? undefined : { before, after: chosen.name, frozen: chosen.files.size > 0 },
    notes: irreversible(description, system, before, theirs.release ?? headRelease),
    verifiedIn: [source.name, ...beside],
    leftBehind: witnesses.flatMap((witness) => lacks(description, system, witness, theirs, chosen.name)),
  };
}

/** The head would be frozen under a name that sorts before what runs already. */
function refuseOlderName(
  { inputs }: Description,
  system: string,
  target: DescribedEnvironment,
  before: string,
  wanted: string,
): Refusal {
  const frozen = inputs.releases.filter((input) => input.system === system && input.release !== headRelease);
  return refuse(
    `${system} has no release ${wanted}, and its head cannot become one: ${target.name} runs ${before}, which is newer`,
    `it has ${frozen.map(({ release }) => release).join(', ')}; leave out --release, or name a newer one`,
  );
}

function findRoute(description: Description, { system, to, from }: PromotionOrder): Route | Refusal {
  const target = environmentWith(description, to, system);
  if ('refused' in target) return target;
  const waves = wavesOf(description, system);
  const at = waveOf(waves, to);
  if (from === undefined) {
    if (at < 0)
      return refuse(
        `no pipeline of ${system} leads to ${to}`,
        'say `promotion: {pipeline: […]}` in stowage.yaml, or where it comes from with --from',
      );
    if (at === 0) return refuse(`${to} is where ${system} begins: there is no wave before it`, pipelineText(waves));
  }
  const source = environmentWith(description, from ?? (waves[at - 1]?.[0] as string), system);
  if ('refused' in source) return source;
  if (source.name === to) return refuse(`${to} cannot be promoted to itself`);
  const start = waveOf(waves, source.name);
  if (start >= 0 && at >= 0 && start >= at)
    return refuse(`${source.name} does not come before ${to}`, `${pipelineText(waves)}; \`stowage rollback\` goes backwards`);
  // From outside of the pipeline every wave before the target is skipped.
  const between = at < 0 ? [] : waves.slice(Math.max(start, 0), at).flat();
  const witnesses = between.filter((name) => name !== source.name).flatMap((name) => description.environments.get(name) ?? []);
  const beside = at < 0 || start < 0 ? [] : (waves[start] ?? []).filter((name) => name !== source.name);
  return { source, target, witnesses, beside };
}

export function environmentWith(description: Description, name: string, system: string): DescribedEnvironment | Refusal {
  const environment = description.environments.get(name);
  if (environment === undefined)
    return refuse(`there is no environment \`${name}\``, didYouMean(name, [...description.environments.keys()]));
  if (settingsOf(environment, system) !== undefined) return environment;
  const exists = description.inputs.releases.some((input) => input.system === system);
  const meant = exists ? undefined : didYouMean(system, Object.keys(environment.spec.systems));
  return refuse(`${name} does not run \`${system}\``, meant ?? `add it to ${environment.path}`);
}

function entry(environment: DescribedEnvironment, system: string): SystemSettings {
  return settingsOf(environment, system) ?? {};
}

export function pipelineText(waves: Waves): string {
  return `the pipeline is ${waves.map((wave) => (wave.length === 1 ? wave[0] : `[${wave.join(', ')}]`)).join(' → ')}`;
}

export function unknownIncludes(include: readonly string[], { fields }: Transfer): Refusal | undefined {
  for (const name of include) {
    const meant = fields.filter((field) => names(name, field));
    const [first] = meant;
    if (first === undefined) {
      const held = fields.filter((field) => field.class === 'hold').map((field) => field.name);
      return refuse(`--include ${name}: nothing of that name differs`, didYouMean(name, held));
    }
    if (meant.every((field) => field.class === 'local'))
      return refuse(`--include ${name}: ${first.why}, so it stays as it is`, 'edit it in its environment');
  }
  return undefined;
}

function nothing(system: string, source: DescribedEnvironment, target: DescribedEnvironment, { fields }: Transfer): Nothing {
  const held = fields.filter((field) => field.class === 'hold');
  const all = `${target.name} has all of ${system} that ${source.name} has`;
  return {
    nothing: held.length === 0 ? all : `${all}, but for what is held: ${held.map(({ name }) => name).join(', ')}`,
    compared: { from: source.name, to: target.name, fields },
  };
}

function titleOf(system: string, target: DescribedEnvironment, before: string, after: string): string {
  return before === after
    ? `Promote configuration of ${system} to ${target.name}`
    : `Promote ${system} ${after} to ${target.name}`;
}

/** What of the promoted set another environment of the pipeline does not have. */
function lacks(
  description: Description,
  system: string,
  witness: DescribedEnvironment,
  theirs: SystemSettings,
  release: string,
): string[] {
  const own = entry(witness, system);
  const chosen = chooseRelease(description, system, own.release ?? headRelease, undefined);
  const runs = 'refused' in chosen ? (own.release ?? headRelease) : chosen.name;
  const order = compareReleases(runs, release);
  if (order !== undefined && order > 0) return [];
  if (runs !== release) return [`${witness.name} runs ${runs} and has not got ${release} yet`];
  const { fields } = transfer({ ...theirs, release }, { ...own, release }, description.release(system, release), [], []);
  const missing = fields.filter((field) => field.class === 'carry').map(({ name }) => name);
  return missing.length === 0 ? [] : [`${witness.name} has other values of ${missing.join(', ')}`];
}

/** What cannot be taken back once it runs. */
function irreversible(description: Description, system: string, before: string, after: string): string[] {
  const known = description.release(system, before)?.irreversible ?? {};
  const added = Object.entries(description.release(system, after)?.irreversible ?? {}).filter(
    ([name]) => !Object.hasOwn(known, name),
  );
  return added.map(([name, what]) => `cannot be taken back: ${name}: ${what}`);
}
