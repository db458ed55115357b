import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { placeOf } from '../model/origin.ts';
import { lineAndColumn } from '../model/source-file.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import { chooseRelease } from '../promote/choose-release.ts';
import { compareReleases } from '../promote/compare-releases.ts';
import { type DescribedEnvironment, type Description, settingsOf } from '../promote/description.ts';
import { wavesOf } from '../promote/pipeline.ts';
import { type ClassifiedField, transfer } from '../promote/transfer.ts';
import { readEnvironment } from '../read/read-documents.ts';
import { headRelease } from '../read/sort-inputs.ts';
import type { Difference } from './difference.ts';
import { differenceDigest, differenceId } from './difference-id.ts';

interface Pair {
  readonly system: string;
  readonly before: DescribedEnvironment;
  readonly after: DescribedEnvironment;
}

/** What environments that follow each other have otherwise: all that promotion carries, or holds for a person. */
export function environmentDrift(description: Description): Difference[] {
  const linesOf = lineFinder(description);
  return pairsOf(description)
    .flatMap((pair) => {
      const fields = fieldsBetween(pair, description).filter((field) => field.class !== 'local');
      return fields.map((field) => differenceOf(field, pair, linesOf(pair, field)));
    })
    .sort((one, other) => compareText(one.id, other.id));
}

/** As promotion goes: each environment takes from the first of the wave before. */
function pairsOf(description: Description): Pair[] {
  const systems = [...new Set(description.inputs.releases.map(({ system }) => system))];
  return systems.flatMap((system) => {
    const waves = wavesOf(description, system);
    return waves.slice(1).flatMap((wave, index) => {
      const before = description.environments.get(waves[index]?.[0] ?? '');
      const known = wave.flatMap((name) => description.environments.get(name) ?? []);
      return before === undefined ? [] : known.map((after) => ({ system, before, after }));
    });
  });
}

function fieldsBetween({ system, before, after }: Pair, description: Description): readonly ClassifiedField[] {
  const [theirs, ours] = [settingsOf(before, system) ?? {}, settingsOf(after, system) ?? {}];
  const runs = theirs.release ?? headRelease;
  const chosen = chooseRelease(description, system, runs, undefined);
  const release = 'refused' in chosen ? runs : chosen.name;
  const words = description.release(system, runs);
  return transfer({ ...theirs, release }, { ...ours, release: ours.release ?? headRelease }, words, [], []).fields;
}

function differenceOf(field: ClassifiedField, { system, before, after }: Pair, because: readonly string[]): Difference {
  const { name, source, target } = field;
  const overlay = `${after.name}/${system}`;
  const command = `stowage promote ${system} --to ${after.name}`;
  return {
    id: differenceId({ between: 'environments', cluster: after.cluster, overlay, field: name }),
    between: 'environments',
    what: 'differs',
    cluster: after.cluster,
    overlay,
    field: name,
    ...(source === undefined ? {} : { declared: source }),
    ...(target === undefined ? {} : { live: target }),
    because,
    summary: `${differing(field, before.name, after.name)}; ${field.class === 'carry' ? 'promotion carries it' : 'promotion holds it'}: ${field.why}`,
    advice: adviceFor(field, { system, before, after }, command),
    digest: differenceDigest('differs', target),
  };
}

function adviceFor({ name, class: kind, source, target }: ClassifiedField, { system, after }: Pair, command: string): string {
  const isNewer = name === 'release' && (compareReleases(String(target), String(source)) ?? 0) > 0;
  if (isNewer) return `\`stowage rollback ${after.name}/${system} --to ${String(source)}\` goes back to it`;
  return kind === 'carry'
    ? `\`${command}\` carries it`
    : `\`${command} --include ${name}\` takes it along, where it is meant to be the same`;
}

/** Where the environment before says it, and where this one does. */
function lineFinder(description: Description): (pair: Pair, field: ClassifiedField) => string[] {
  const documents = new Map<string, Tracked | undefined>();
  const documentOf = ({ name }: DescribedEnvironment) => {
    const input = description.inputs.environments.find((one) => one.name === name);
    if (!documents.has(name) && input !== undefined)
      documents.set(name, readEnvironment(description.files, input, () => {})?.document as Tracked | undefined);
    return documents.get(name);
  };
  return ({ system, before, after }, { path }) =>
    [before, after].flatMap((environment) => {
      const node = atPath(documentOf(environment), ['spec', 'systems', system, ...path]);
      const place = node === undefined ? undefined : placeOf(node.origin);
      return place === undefined ? [] : [`${place.file.path}:${lineAndColumn(place.file, place.start).line}`];
    });
}

function differing({ source, target }: ClassifiedField, before: string, after: string): string {
  if (target === undefined) return `${before} says it, and ${after} does not`;
  return source === undefined ? `${after} says it, and ${before} does not` : `${after} has another value than ${before}`;
}
