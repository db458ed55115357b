import { didYouMean } from '../diagnostics/suggest.ts';
import type { Between, Difference } from '../drift/difference.ts';
import type { FleetInputs } from '../read/sort-inputs.ts';
import { UsageError } from './command-context.ts';
import type { DriftOptions } from './drift-options.ts';

/** What a run looks at. */
export interface DriftScope {
  readonly betweens: ReadonlySet<Between>;
  readonly clusters: readonly string[];
  /** Generated paths that are about the clusters; bases are everybody's. */
  readonly selected: (path: string) => boolean;
  /** By `-e` and `-s`. */
  readonly holds: (difference: Pick<Difference, 'cluster' | 'overlay'>) => boolean;
  /** Whether a difference of this id would have been found. */
  readonly couldFind: (id: string, cluster: string) => boolean;
}

export function scopeOf(inputs: FleetInputs, betweens: ReadonlySet<Between>, options: DriftOptions): DriftScope {
  const clusters = chosenClusters(inputs, options);
  const environments = new Set(clusters.flatMap((cluster) => environmentsOn(inputs, cluster)));
  const holds: DriftScope['holds'] = ({ overlay, cluster }) => {
    if (!clusters.includes(cluster)) return false;
    const { environment: chosen, system: systems } = options;
    if (chosen === undefined && systems === undefined) return true;
    const [environment = '', system = ''] = overlay?.split('/') ?? [];
    return (chosen?.includes(environment) ?? true) && (systems?.includes(system) ?? true);
  };
  return {
    betweens,
    clusters,
    holds,
    selected: (path) => {
      const [root, first = ''] = path.split('/');
      if (root === 'argocd') return clusters.includes(first);
      return root === 'base' || environments.has(first);
    },
    couldFind: (id, cluster) => {
      const [, between = '', overlay] = /^([a-z]+):(?:@.*|([^/#]+\/[^/#]+).*)$/.exec(id) ?? [];
      return betweens.has(between as Between) && holds({ cluster, ...(overlay !== undefined && { overlay }) });
    },
  };
}

export function environmentsOn({ environments }: FleetInputs, cluster: string): string[] {
  return environments.filter((one) => one.cluster === cluster).map(({ name }) => name);
}

/** Those that are named, or those of the environments that are named, or all on which something runs. */
function chosenClusters(inputs: FleetInputs, { cluster: named, environment, context }: DriftOptions): string[] {
  const names = inputs.clusters.map(({ name }) => name);
  for (const name of named ?? [])
    if (!names.includes(name)) throw new UsageError(`there is no cluster \`${name}\``, didYouMean(name, names));
  const used = inputs.environments.filter(({ name }) => environment?.includes(name) ?? true).map(({ cluster }) => cluster);
  const chosen = names.filter((name) => used.includes(name) && (named?.includes(name) ?? true));
  if (chosen.length === 0) throw new UsageError('nothing runs on what is chosen', 'leave out -e or --cluster');
  if (context !== undefined && chosen.length > 1)
    throw new UsageError(
      `--context leads to one cluster, and ${chosen.length} are looked at`,
      `choose one (--cluster ${chosen[0]}), or say \`context\` in each cluster.yaml`,
    );
  return chosen;
}
