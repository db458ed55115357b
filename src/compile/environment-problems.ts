import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { SystemSettings } from '../language/environment.ts';
import type { Stage } from '../language/fleet.ts';
import { placeOf } from '../model/origin.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import { type Tracked, untrack } from '../model/tracked.ts';
import type { Environment, Fleet } from '../read/read-documents.ts';
import { type EnvironmentInput, type FleetInputs, headRelease } from '../read/sort-inputs.ts';
import { mayLackNames } from './withhold-consequences.ts';

/** A system's entry in its environment, for problems that lie in no single field of it. */
export function placeOfSystem(
  settings: Tracked | undefined,
  input: Pick<EnvironmentInput, 'path'>,
  environment: Environment | undefined,
): Place {
  const origin = settings?.origin;
  if (origin?.kind === 'spec') return origin.key ?? origin.place;
  return wholeFile(environment?.file ?? { path: input.path, text: '' });
}

/** Whether a name that an environment does not have may be that of a system which it misspells, or which was left out of it. */
export function mayBeMeant(name: string, environment: Environment, { releases }: FleetInputs): boolean {
  if (mayLackNames(environment)) return true;
  const isSystem = (one: string) => releases.some(({ system }) => system === one);
  return isSystem(name) && !Object.keys(environment.document.value.spec.value.systems.value).every(isSystem);
}

export function stageOf(environment: Environment, fleet: Fleet | undefined, report: Report): Stage {
  const named = environment.document.value.spec.value.stage;
  // A fleet file with problems says so itself; null is as good as nothing.
  if (typeof named?.value !== 'string' || fleet === undefined) return {};
  const stages = untrack(fleet.document).spec.stages ?? {};
  const stage = Object.hasOwn(stages, named.value) ? stages[named.value] : undefined;
  if (stage !== undefined || mayLackNames(fleet)) return stage ?? {};
  const hint = didYouMean(named.value, Object.keys(stages));
  report({
    code: 'unknown-stage',
    severity: 'error',
    message: `${fleet.file.path} declares no stage \`${named.value}\``,
    place: placeOf(named.origin) ?? wholeFile(environment.file),
    ...(hint === undefined ? {} : { hint }),
  });
  return {};
}

export function reportNoCluster(input: EnvironmentInput, report: Report): void {
  report({
    code: 'misplaced-file',
    severity: 'error',
    message: `there is no clusters/${input.cluster}/cluster.yaml`,
    place: wholeFile({ path: input.path, text: '' }),
    hint: 'a cluster says at least its Kubernetes version',
  });
}

export function reportUnknownRelease(
  system: string,
  settings: Tracked<SystemSettings>,
  inputs: FleetInputs,
  environment: Environment,
  report: Report,
): void {
  const known = inputs.releases.filter((release) => release.system === system).map((release) => release.release);
  const written = settings.value.release;
  const entry = placeOfSystem(settings as Tracked, environment.file, environment);
  if (known.length === 0) {
    const hint = didYouMean(system, [...new Set(inputs.releases.map((release) => release.system))]);
    report({
      code: 'unknown-system',
      severity: 'error',
      message: `there is no System \`${system}\``,
      place: entry,
      ...(hint === undefined ? {} : { hint }),
    });
    return;
  }
  const name = written?.value ?? headRelease;
  report({
    code: 'unknown-release',
    severity: 'error',
    message: `System ${system} has no release \`${name}\``,
    place: (written === undefined ? undefined : placeOf(written.origin)) ?? entry,
    hint: `${didYouMean(name, known) ?? ''}; \`stowage release ${system} <version>\` freezes the head`,
  });
}

export function reportUnfrozen(
  system: string,
  settings: Tracked<SystemSettings>,
  inputs: FleetInputs,
  environment: Environment,
  report: Report,
): void {
  const frozen = inputs.releases.filter((release) => release.system === system && release.release !== headRelease);
  const written = settings.value.release;
  report({
    code: 'unfrozen-release',
    severity: 'error',
    message: `${environment.name} is protected and runs the head of ${system}, which changes with every edit`,
    place:
      (written === undefined ? undefined : placeOf(written.origin)) ??
      placeOfSystem(settings as Tracked, environment.file, environment),
    hint:
      frozen.length > 0
        ? `name a frozen release: ${frozen.map((release) => release.release).join(', ')}`
        : `freeze one with \`stowage release ${system} 1.0.0\` and say \`release: 1.0.0\``,
  });
}
