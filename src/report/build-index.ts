import { type DeployedFootprint, fleetFootprint } from '../footprint/fleet-footprint.ts';
import { noFootprint } from '../footprint/footprint.ts';
import type { Plan } from '../plan/plan.ts';
import { type DescribedEnvironment, type Description, settingsOf } from '../promote/description.ts';
import { waveOf, wavesOf } from '../promote/pipeline.ts';
import { headRelease } from '../read/sort-inputs.ts';
import type { DescribedChange } from './change-part.ts';
import type { DescribedOverlay } from './describe-overlay.ts';
import { loadOf } from './load.ts';
import type {
  Cell,
  ClusterRow,
  DriftPart,
  EnvironmentRow,
  NamedObject,
  PipelineStop,
  Problem,
  PromotionPart,
  ReportIndex,
} from './report.ts';
import { countDrift, summarizeDrift } from './summarize-drift.ts';

/** All that is known of a fleet; what nobody looked at is undefined. */
export interface Findings {
  readonly at: string;
  readonly version: string;
  readonly notes: readonly string[];
  readonly description: Description;
  /** By `environment/system`. */
  readonly overlays: ReadonlyMap<string, DescribedOverlay>;
  /** Of all systems, those that are not shown too: they share clusters with the others. */
  readonly footprints: readonly DeployedFootprint[];
  /** Those of `overlays` that have errors by now. */
  readonly stale: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly change: DescribedChange | undefined;
  readonly promotion: PromotionPart;
  readonly drift: DriftPart | undefined;
}

export function buildIndex(findings: Findings, parts: Readonly<Record<string, string>>): ReportIndex {
  const { at, version, notes, description, overlays, problems, change, drift } = findings;
  const environments = environmentRows(findings);
  return {
    fleet: { name: description.name, description: description.spec.description ?? null },
    at,
    version,
    notes,
    clusters: clusterRows(findings),
    environments,
    systems: systemsOf(overlays),
    cells: cells(findings, environments),
    objects: namedObjects(overlays, environments),
    change: change === undefined ? null : summarizeChange(change.plan),
    drift: drift === undefined ? null : summarizeDrift(drift),
    problems,
    parts,
  };
}

/** By name, of overlays as `environment/system`. */
export function systemsOf(overlays: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...overlays.keys()].map((overlay) => overlay.split('/')[1] as string))].sort();
}

function clusterRows({ description, footprints }: Findings): ClusterRow[] {
  const sums = new Map(fleetFootprint(footprints).map((sum) => [sum.name, sum]));
  return [...description.clusters].map(([name, { kubernetes }]) => {
    const { footprint = noFootprint, allowed = {} } = sums.get(name) ?? {};
    return { name, kubernetes, load: loadOf(footprint, allowed) };
  });
}

/** Those of the pipeline first, in its order. */
function environmentRows({ description, overlays, footprints }: Findings): EnvironmentRow[] {
  const { pipeline = [] } = description.spec.promotion ?? {};
  const waves = pipeline.map((wave) => (typeof wave === 'string' ? [wave] : wave));
  const sums = new Map(fleetFootprint(footprints).flatMap((sum) => sum.environments.map((one) => [one.name, one])));
  const shown = new Set([...overlays.keys()].map((overlay) => overlay.split('/')[0]));
  const rows = [...description.environments.values()]
    .filter(({ name }) => shown.has(name))
    .map(({ name, cluster, path, spec }): EnvironmentRow => {
      const stage = spec.stage ?? '';
      const { footprint = noFootprint, allowed = {} } = sums.get(name) ?? {};
      const wave = waveOf(waves, name);
      return {
        ...{ name, cluster, stage, file: path },
        protected: description.spec.stages?.[stage]?.protected === true,
        wave: wave < 0 ? null : wave,
        load: loadOf(footprint, allowed),
      };
    });
  const rank = ({ wave }: EnvironmentRow) => wave ?? Number.MAX_SAFE_INTEGER;
  return rows.sort((a, b) => rank(a) - rank(b));
}

function cells(findings: Findings, environments: readonly EnvironmentRow[]): Cell[] {
  const { description, overlays, stale, change, promotion, drift } = findings;
  const stops = new Map(
    promotion.systems.flatMap(({ system, waves }) => waves.flat().map((stop) => [`${stop.environment}/${system}`, stop])),
  );
  const changed = new Map(change?.plan.changes.map(({ overlay, objects }) => [overlay, objects.length]));
  const hazards = byOverlay(change?.plan.hazards ?? []);
  const drifted = byOverlay(drift?.entries ?? []);
  const waves = new Map(systemsOf(overlays).map((system) => [system, wavesOf(description, system)]));
  return environments.flatMap(({ name }) => {
    const environment = description.environments.get(name) as DescribedEnvironment;
    return Object.keys(environment.spec.systems).flatMap((system): Cell[] => {
      const overlay = `${name}/${system}`;
      const described = overlays.get(overlay);
      if (described === undefined) return [];
      const settings = settingsOf(environment, system) ?? {};
      const wave = waveOf(waves.get(system) ?? [], name);
      return [
        {
          environment: name,
          system,
          release: settings.release ?? headRelease,
          profiles: settings.profiles ?? [],
          wave: wave < 0 ? null : wave,
          ...described.cell,
          changes:
            change === undefined ? null : { objects: changed.get(overlay) ?? 0, hazards: hazards.get(overlay)?.length ?? 0 },
          drift: drift === undefined ? null : countDrift(drifted.get(overlay) ?? []),
          promotion: pendingOf(stops.get(overlay)),
          stale: stale.has(overlay),
        },
      ];
    });
  });
}

function byOverlay<Finding extends { readonly overlay: string | null }>(all: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const one of all) {
    if (one.overlay === null) continue;
    const own = found.get(one.overlay);
    if (own === undefined) found.set(one.overlay, [one]);
    else own.push(one);
  }
  return found;
}

function pendingOf(stop: PipelineStop | undefined): Cell['promotion'] {
  if (stop === undefined || (stop.next === null && stop.pullRequest === null)) return null;
  const { next, pullRequest, url, waits } = stop;
  return { next, pullRequest, url, waits };
}

function namedObjects(overlays: ReadonlyMap<string, DescribedOverlay>, environments: readonly EnvironmentRow[]): NamedObject[] {
  const places = new Map(environments.map(({ name }, place) => [name, place]));
  const found = new Map<string, NamedObject & { readonly environments: number[] }>();
  for (const [overlay, { objects }] of overlays) {
    const [environment = '', system = ''] = overlay.split('/');
    for (const { object, component } of objects) {
      const id = `${system} ${object}`;
      const known = found.get(id) ?? { system, object, component, environments: [] };
      known.environments.push(places.get(environment) as number);
      found.set(id, known);
    }
  }
  return [...found.values()];
}

function summarizeChange({ from, to, changes, hazards }: Plan): NonNullable<ReportIndex['change']> {
  return {
    ...{ from, to },
    objects: changes.reduce((sum, { objects }) => sum + objects.length, 0),
    overlays: changes.length,
    hazards: hazards.length,
    blocking: hazards.filter(({ blocking }) => blocking).length,
  };
}
