import { repositoryOf } from '../argocd/deployment-facts.ts';
import { compiler, schemas } from '../build-facts.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { type Between, type Findings, noFindings } from '../drift/difference.ts';
import { environmentDrift } from '../drift/environment-drift.ts';
import type { Ledger } from '../drift/ledger.ts';
import { readBaselines } from '../drift/read-baselines.ts';
import { renderedDescription } from '../drift/rendered-description.ts';
import { repositoryDrift } from '../drift/repository-drift.ts';
import { settleLedger } from '../drift/settle-ledger.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { untrack } from '../model/tracked.ts';
import { renderFleet } from '../plan/render-fleet.ts';
import { readDescription } from '../promote/description.ts';
import { destinations } from '../promote/pipeline.ts';
import { publishedPlace } from '../publish/published-place.ts';
import { readCluster, readFleet } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { gatherBaselines, gatherInputs } from '../store/gather-inputs.ts';
import { parseBuild } from '../verify/parse-build.ts';
import { contextOf } from './cluster-context.ts';
import type { CommandContext } from './command-context.ts';
import type { DriftOptions } from './drift-options.ts';
import { environmentsOn, scopeOf } from './drift-scope.ts';
import { checkNames, namesIn } from './fleet-names.ts';
import { lookAtCluster } from './look-at-cluster.ts';
import { readingCredentials } from './reading-credentials.ts';

export interface Look {
  readonly ledger: Ledger;
  /** Id of a difference of the repository → files that it comes from. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly argocdNamespace: string;
  /** Whether environments were asked for that follow each other nowhere. */
  readonly lacksPipeline: boolean;
  /** What the kubeconfig calls a cluster; undefined for that of the pod. */
  readonly contexts: ReadonlyMap<string, string | undefined>;
}

/**
 * Looks at all that was chosen: description against repository, repository against clusters, environments against
 * each other; and holds what is found against what is accepted. Or says what stands in the way of looking at all.
 */
export async function lookForDrift(
  fleet: string,
  betweens: ReadonlySet<Between>,
  options: DriftOptions,
  context: CommandContext,
): Promise<Look | { readonly obstacles: readonly Diagnostic[] }> {
  const { environment, signal } = context;
  const now = new Date();
  const obstacles: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void obstacles.push(diagnostic);
  const files = gatherInputs(fleet, report);
  const baselineFiles = gatherBaselines(fleet, report);
  const inputs = sortInputs(files, () => {});
  checkNames(options, namesIn(files));
  const scope = scopeOf(inputs, betweens, options);
  const { clusters, selected } = scope;
  const clusterNames = inputs.clusters.map(({ name }) => name);
  const baselines = readBaselines(baselineFiles, clusterNames, now, report);
  const request = { name: 'description', files, options: { compiler, schemas }, selected, parse: parseBuild };
  const described = readFleet(inputs, () => {});
  if (described === undefined) return { obstacles: [...obstacles, ...renderFleet(request).diagnostics] };
  const { spec } = untrack(described.document);
  const remote = publishedPlace(spec, fleet);
  const { compiled, argocd } = renderedDescription(request, remote, environment);
  obstacles.push(...compiled.diagnostics);
  if (hasErrors(obstacles)) return { obstacles };
  // As people read it every environment is parsed once more, for the one question that needs it.
  const description = betweens.has('environments') ? readDescription(files) : undefined;
  if (description !== undefined && 'problems' in description) return { obstacles: description.problems };

  const asked = betweens.has('cluster') ? inputs.clusters.filter(({ name }) => clusters.includes(name)) : [];
  const read = asked.flatMap((input) => readCluster(files, input, () => {}) ?? []);
  const contexts = new Map(read.map((cluster) => [cluster.name, contextOf(cluster, options.context, environment)]));
  // Clusters are held against what the repository holds, so that it is read for them as well.
  const readsRepository = betweens.has('repository') || betweens.has('cluster');
  const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  const call = { environment, signal, variables: readsRepository ? await readingCredentials(spec, fleet, context) : {} };
  const published = readsRepository
    ? await repositoryDrift({ remote, compiled, clusters, selected, schemas: newest, call })
    : undefined;
  const ofClusters =
    published === undefined
      ? []
      : await Promise.all(
          read.map((cluster) => {
            const environments = environmentsOn(inputs, cluster.name);
            const access = contexts.get(cluster.name);
            return lookAtCluster({ cluster, environments, compiled, argocd, published, context: access, now, signal });
          }),
        );
  const ofRepository = published?.findings ?? noFindings;
  const findings: Findings[] = [
    betweens.has('repository') ? ofRepository : { ...ofRepository, differences: [] },
    ...ofClusters.flat(),
    ...(description === undefined ? [] : [{ ...noFindings, differences: environmentDrift(description) }]),
  ];
  const held = findings.map((one) => ({ ...one, differences: one.differences.filter(scope.holds) }));
  return {
    ledger: settleLedger(held, baselines, now, clusters, scope.couldFind),
    files: published?.files ?? new Map(),
    argocdNamespace: repositoryOf(spec).argocdNamespace,
    lacksPipeline: description !== undefined && destinations(description).length === 0,
    contexts,
  };
}
