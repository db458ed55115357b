import type { Amount, Cell, EnvironmentRow, Load, NamedObject, ReportIndex } from '../../../src/report/report.ts';

/** A report's index with nothing in it, but for what a test is about. */
export function madeIndex(own: Partial<ReportIndex> = {}): ReportIndex {
  return {
    fleet: { name: 'made', description: null },
    at: '2026-03-01T12:00:00.000Z',
    version: '0.0.0',
    notes: [],
    clusters: [],
    environments: [],
    systems: [],
    cells: [],
    objects: [],
    change: null,
    drift: null,
    problems: [],
    parts: {},
    ...own,
  };
}

/** Cores and GiB: the least, the most, and what is there. */
export function madeLoad(cpu: readonly [number, number, number?], memory: readonly [number, number, number?] = [1, 2]): Load {
  const amounts = (place: 0 | 1 | 2) =>
    [
      ['cpu', cpu[place]],
      ['memory', memory[place] === undefined ? undefined : memory[place] * 2 ** 30],
    ].flatMap(([resource, value]): Amount[] =>
      typeof value === 'number' ? [{ resource: String(resource), value, text: String(value) }] : [],
    );
  return { pods: { minimum: 1, maximum: 2 }, minimum: amounts(0), maximum: amounts(1), allowed: amounts(2) };
}

export function madeEnvironment(name: string, own: Partial<EnvironmentRow> = {}): EnvironmentRow {
  const load = madeLoad([10, 20, 40]);
  return { name, cluster: name, stage: 'dev', protected: false, wave: null, file: `clusters/${name}.yaml`, load, ...own };
}

export function madeCell(environment: string, system: string, own: Partial<Cell> = {}): Cell {
  return {
    environment,
    system,
    release: '1.0.0',
    profiles: [],
    namespace: system,
    wave: null,
    objects: 30,
    components: { on: 5, off: 0, external: 0 },
    load: madeLoad([1, 2, 4]),
    secrets: { keys: 0, missing: [] },
    images: [],
    hosts: [],
    changes: null,
    drift: null,
    promotion: null,
    stale: false,
    ...own,
  };
}

/** As large as fleets are expected to get: 100 environments, 20 systems, 60,000 names of objects. */
export function largeIndex(): ReportIndex {
  const systems = Array.from({ length: 20 }, (_, place) => `system-${place}`);
  const environments = Array.from({ length: 100 }, (_, place) => {
    const wave = place < 80 ? Math.floor(place / 10) : null;
    const own = { wave, cluster: `cluster-${place % 25}`, stage: place < 60 ? 'dev' : 'prod', protected: place >= 60 };
    return madeEnvironment(`environment-${place}`, own);
  });
  const cells = environments.flatMap(({ name }, row) =>
    systems.map((system, column) =>
      madeCell(name, system, {
        profiles: ['ingress', 'backups', ...(row > 60 ? ['production'] : [])],
        images: [`registry.example/${system}/server:1.${row % 7}.0`, 'busybox:1.36.1'],
        hosts: [`${system}.${name}.example`],
        components: { on: 5, off: row % 3, external: column % 2 },
        changes: { objects: (row + column) % 11 === 0 ? 3 : 0, hazards: (row + column) % 55 === 0 ? 1 : 0 },
        drift: { new: (row * column) % 13 === 5 ? 1 : 0, expired: 0, accepted: 0 },
      }),
    ),
  );
  const kinds = ['Deployment', 'Service', 'ConfigMap', 'NetworkPolicy', 'ServiceAccount', 'PersistentVolumeClaim'];
  const objects = Array.from(
    { length: 60_000 },
    (_, place): NamedObject => ({
      system: systems[place % 20] as string,
      object: `${kinds[place % 6]}/worker-${place}-${(place * 7919).toString(36)}`,
      component: `component-${place % 300}`,
      environments: [place % 100, (place + 20) % 100, (place + 40) % 100],
    }),
  );
  const clusters = Array.from({ length: 25 }, (_, place) => ({
    name: `cluster-${place}`,
    kubernetes: '1.34',
    load: madeLoad([40, place === 3 ? 240 : 80, 200], [100, 200, 800]),
  }));
  return madeIndex({ clusters, environments, systems, cells, objects });
}
