import type { Cell, ClusterRow, EnvironmentRow, ReportIndex } from '../../report/report.ts';

/** Environments against systems. */
export interface FleetTable {
  readonly systems: readonly string[];
  /** In the order of the pipeline; what is outside of it last. */
  readonly waves: readonly FleetWave[];
}

export interface FleetWave {
  readonly wave: number | null;
  readonly rows: readonly FleetRow[];
}

export interface FleetRow {
  readonly environment: EnvironmentRow;
  readonly cluster: ClusterRow | undefined;
  /** One for each system; undefined where it does not run. */
  readonly cells: readonly (Cell | undefined)[];
}

export function fleetTable({ environments, systems, cells, clusters }: ReportIndex): FleetTable {
  const byOverlay = new Map(cells.map((cell) => [`${cell.environment}/${cell.system}`, cell]));
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  const waves = new Map<number | null, FleetRow[]>();
  for (const environment of environments) {
    const row: FleetRow = {
      environment,
      cluster: byName.get(environment.cluster),
      cells: systems.map((system) => byOverlay.get(`${environment.name}/${system}`)),
    };
    const known = waves.get(environment.wave) ?? [];
    known.push(row);
    waves.set(environment.wave, known);
  }
  const place = (wave: number | null) => wave ?? Number.MAX_SAFE_INTEGER;
  return {
    systems,
    waves: [...waves].map(([wave, rows]) => ({ wave, rows })).sort((a, b) => place(a.wave) - place(b.wave)),
  };
}
