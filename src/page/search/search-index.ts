import type { ReportIndex } from '../../report/report.ts';

export const searchKinds = ['environment', 'cluster', 'system', 'overlay', 'component', 'object', 'image', 'host'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** One thing that can be found. */
export interface SearchEntry {
  readonly kind: SearchKind;
  readonly text: string;
  readonly system: string | null;
  /** What else is told of it. */
  readonly note: string;
  /** Positions in the report's environments. */
  readonly environments: readonly number[];
  /** `text` in small letters, then all else that words may match. */
  readonly key: string;
}

export interface SearchIndex {
  /** Short ones first: what a few letters say more of. */
  readonly entries: readonly SearchEntry[];
  /** Names of the environments, in small letters. */
  readonly environments: readonly string[];
}

/** Made once of a report: a search then only looks through texts. */
export function buildSearchIndex(index: ReportIndex): SearchIndex {
  const places = new Map(index.environments.map(({ name }, place) => [name, place]));
  const entries = [
    ...index.environments.map(({ name, cluster, stage }, place) =>
      entryOf('environment', name, null, [stage, `on ${cluster}`].filter(Boolean).join(' '), [place]),
    ),
    ...index.clusters.map(({ name, kubernetes }) => entryOf('cluster', name, null, `Kubernetes ${kubernetes}`, [])),
    ...index.systems.map((name) => entryOf('system', name, name, '', [])),
    ...index.cells.map(({ environment, system, release, namespace }) =>
      entryOf('overlay', `${environment}/${system}`, system, `${release} in ${namespace}`, placesOf(environment)),
    ),
    ...index.objects.map(({ system, object, component, environments }) =>
      entryOf('object', object, system, component === null ? '' : component, environments),
    ),
    ...gathered('component', componentUses(index)),
    ...gathered('image', cellUses(index, 'images')),
    ...gathered('host', cellUses(index, 'hosts')),
  ];
  entries.sort((a, b) => a.text.length - b.text.length || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return { entries, environments: index.environments.map(({ name }) => name.toLowerCase()) };

  function placesOf(environment: string): number[] {
    const place = places.get(environment);
    return place === undefined ? [] : [place];
  }

  function cellUses({ cells }: ReportIndex, what: 'images' | 'hosts'): Use[] {
    return cells.flatMap((cell) =>
      cell[what].map((text) => ({ text, system: cell.system, environments: placesOf(cell.environment) })),
    );
  }
}

interface Use {
  readonly text: string;
  readonly system: string;
  readonly environments: readonly number[];
}

function componentUses({ objects }: ReportIndex): Use[] {
  return objects.flatMap(({ component, system, environments }) =>
    component === null ? [] : [{ text: component, system, environments }],
  );
}

/** One entry for all uses of the same by one system. */
function gathered(kind: SearchKind, uses: readonly Use[]): SearchEntry[] {
  const found = new Map<string, { readonly use: Use; readonly environments: Set<number> }>();
  for (const use of uses) {
    const id = `${use.system} ${use.text}`;
    const known = found.get(id) ?? { use, environments: new Set<number>() };
    for (const place of use.environments) known.environments.add(place);
    found.set(id, known);
  }
  return [...found.values()].map(({ use, environments }) => entryOf(kind, use.text, use.system, '', [...environments]));
}

function entryOf(
  kind: SearchKind,
  text: string,
  system: string | null,
  note: string,
  environments: readonly number[],
): SearchEntry {
  return { kind, text, system, note, environments, key: `${text}\n${system ?? ''}\n${note}`.toLowerCase() };
}
