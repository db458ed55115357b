import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { FleetDocument } from '../language/fleet.ts';
import type { Place } from '../model/source-file.ts';
import { atPath, entriesOf, isTrackedList, isTrackedMap, type Tracked } from '../model/tracked.ts';

export interface PipelineFacts {
  readonly systems: readonly string[];
  /** The systems of each environment; undefined where its document cannot be read. */
  readonly environments: ReadonlyMap<string, readonly string[] | undefined>;
}

/** Pipelines name environments and Systems that exist, and each environment once. */
export function checkPipelines(fleet: Tracked<FleetDocument>, facts: PipelineFacts, report: Report): void {
  const promotion = atPath(fleet as Tracked, ['spec', 'promotion']);
  checkWaves(atPath(promotion, ['pipeline']), facts, report);
  const own = atPath(promotion, ['systems']);
  if (!isTrackedMap(own)) return;
  for (const [system, waves] of entriesOf(own as Tracked<Record<string, unknown>>)) {
    const known = checkWaves(waves, facts, report);
    if (facts.systems.includes(system)) reportNotRunning(system, known, facts, report);
    else tell(waves, report, `there is no System \`${system}\``, didYouMean(system, facts.systems), true);
  }
}

/** Gives back the environments that exist. */
function checkWaves(waves: Tracked | undefined, { environments }: PipelineFacts, report: Report): Tracked<string>[] {
  const first = new Map<string, Tracked>();
  for (const environment of environmentsOf(waves)) {
    const { value: name } = environment;
    const other = first.get(name);
    if (other !== undefined) tellTwice(environment, other, report);
    else if (!environments.has(name))
      tell(environment, report, `there is no environment \`${name}\``, didYouMean(name, [...environments.keys()]));
    if (other === undefined) first.set(name, environment);
  }
  return ([...first.values()] as Tracked<string>[]).filter(({ value }) => environments.has(value));
}

function environmentsOf(waves: Tracked | undefined): Tracked<string>[] {
  if (!isTrackedList(waves)) return [];
  return waves.value.flatMap((wave) => (isTrackedList(wave) ? wave.value : [wave])) as Tracked<string>[];
}

/** Of the pipeline of all systems that is the usual case; one of its own was written for this system. */
function reportNotRunning(
  system: string,
  named: readonly Tracked<string>[],
  { environments }: PipelineFacts,
  report: Report,
): void {
  for (const environment of named) {
    const place = placeOfEntry(environment, false);
    if (place === undefined || environments.get(environment.value)?.includes(system) !== false) continue;
    report({
      code: 'pipeline',
      severity: 'warning',
      message: `${environment.value} does not run ${system}, whose pipeline passes it over`,
      place,
      hint: `let it run \`${system}\`, or take it out of this pipeline`,
    });
  }
}

function tell(entry: Tracked, report: Report, message: string, hint: string | undefined, atKey = false): void {
  const place = placeOfEntry(entry, atKey);
  if (place !== undefined)
    report({ code: 'pipeline', severity: 'error', message, place, ...(hint === undefined ? {} : { hint }) });
}

function tellTwice(entry: Tracked<string>, first: Tracked, report: Report): void {
  const [place, other] = [placeOfEntry(entry, false), placeOfEntry(first, false)];
  if (place === undefined || other === undefined) return;
  report({
    code: 'pipeline',
    severity: 'error',
    message: `\`${entry.value}\` is in this pipeline twice, and gets what is new once`,
    place,
    related: [{ place: other, message: 'the first time' }],
    hint: 'take one of them out',
  });
}

function placeOfEntry({ origin }: Tracked, atKey: boolean): Place | undefined {
  if (origin.kind !== 'spec') return undefined;
  return atKey ? (origin.key ?? origin.place) : origin.place;
}
