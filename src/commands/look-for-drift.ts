import { repositoryOf } from '../argocd/deployment-facts.ts';
import { compiler, schemas } from '../build-facts.ts';
import type { ClusterApi } from '../cluster/cluster-api.ts';
import { loadKubeConfig } from '../cluster/kube-config.ts';
import { openClusterApi } from '../cluster/open-cluster-api.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { clusterDrift } from '../drift/cluster-drift.ts';
import { questionsOf } from '../drift/cluster-question.ts';
import type { ClusterQuestion } from '../drift/declared.ts';
import { type Between, type Findings, noFindings } from '../drift/difference.ts';
import { environmentDrift } from '../drift/environment-drift.ts';
import type { Ledger } from '../drift/ledger.ts';
import { readBaselines } from '../drift/read-baselines.ts';
import { type RenderedDescription, renderedDescription } from '../drift/rendered-description.ts';
import { type RepositoryDrift, repositoryDrift } from '../drift/repository-drift.ts';
import { settleLedger } from '../drift/settle-ledger.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { untrack } from '../model/tracked.ts';
import { renderFleet } from '../plan/render-fleet.ts';
import { readDescription } from '../promote/description.ts';
import { readCluster, readFleet } from '../read/read-documents.ts';
import { type FleetInputs, sortInputs } from '../read/sort-inputs.ts';
import { Failure } from '../store/fail.ts';
import { gatherBaselines, gatherInputs } from '../store/gather-inputs.ts';
import { parseBuild } from '../verify/parse-build.ts';
import { contextOf } from './cluster-context.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import type { DriftOptions } from './drift-options.ts';
import { checkNames, namesIn } from './fleet-names.ts';

/** A run's ledger, or what stands in the way of looking at all. */
export type Look = { readonly ledger: Ledger } | { readonly obstacles: readonly Diagnostic[] };

/**
 * Looks at all that was chosen: description against repository, repository against clusters, environments against
 * each other; and holds what is found against what is accepted.
 */
export async function lookForDrift(
  fleet: string,
  betweens: ReadonlySet<Between>,
  options: DriftOptions,
  context: CommandContext,
): Promise<Look> {
  const now = new Date();
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const files = gatherInputs(fleet, report);
  const baselineFiles = gatherBaselines(fleet, report);
  const inputs = sortInputs(files, () => {});
  checkNames(options, namesIn(files));
  const clusters = chosenClusters(inputs, options);
  const ofClusters = selectorOf(inputs, clusters);
  const { environment, signal } = context;
  const request = { name: 'description', files, options: { compiler, schemas }, selected: ofClusters, parse: parseBuild };
  const read = readFleet(inputs, () => {});
  if (read === undefined) return { obstacles: [...diagnostics, ...renderFleet(request).diagnostics] };
  const remote = repositoryOf(untrack(read.document).spec);
  const { compiled, argocd } = renderedDescription(request, remote, environment);
  const baselines = readBaselines(
    baselineFiles,
    inputs.clusters.map(({ name }) => name),
    now,
    report,
  );
  const obstacles = [...diagnostics, ...compiled.diagnostics];
  if (hasErrors(obstacles)) return { obstacles };
  // As people read it every environment is parsed once more, for those questions only that need it.
  const description = betweens.has('environments') ? readDescription(files) : undefined;
  if (description !== undefined && 'problems' in description) return { obstacles: description.problems };

  const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  const published = await repositoryDrift({
    remote,
    compiled,
    clusters,
    selected: ofClusters,
    schemas: newest,
    call: { environment, signal },
  });
  const findings: Findings[] = [
    // What the repository holds is asked for all the same: clusters are held against it.
    betweens.has('repository') || betweens.has('cluster') ? onlyUnseen(published, betweens) : noFindings,
    ...(description === undefined ? [] : [{ ...noFindings, differences: environmentDrift(description) }]),
  ];
  if (betweens.has('cluster'))
    for (const name of clusters) {
      const input = inputs.clusters.find((one) => one.name === name);
      const cluster = input === undefined ? undefined : readCluster(files, input, () => {});
      if (cluster === undefined) continue;
      const objects = published.commit === undefined ? compiled.state.overlays : published.publishedObjects;
      const own = new Map([...objects].filter(([overlay]) => environmentsOf(inputs, name).includes(overlay.split('/')[0] ?? '')));
      const ofArgocd = argocdObjects(name, argocd, published);
      const minor = schemas(cluster.document.value.spec.value.kubernetes.value) ?? newest;
      const becauseOf = compiled.state.becauseOf;
      const questions = questionsOf({ cluster: name, overlays: own, argocd: ofArgocd, becauseOf, schemas: minor, now });
      const access = contextOf(cluster, options.context, environment);
      findings.push(await ask(questions.own, access, signal));
      const beside = cluster.document.value.spec.value.argocd?.value.context?.value;
      if (questions.argocd !== undefined && beside !== undefined) findings.push(await ask(questions.argocd, beside, signal));
    }
  const chosen = findings.map((one) => ({ ...one, differences: one.differences.filter(isChosen) }));
  return { ledger: settleLedger(chosen, baselines, now, clusters, couldFind) };

  function isChosen({ overlay, cluster }: { readonly overlay?: string; readonly cluster: string }): boolean {
    if (!clusters.includes(cluster)) return false;
    const { environment: environments, system: systems } = options;
    if (environments === undefined && systems === undefined) return true;
    const [environmentName = '', system = ''] = overlay?.split('/') ?? [];
    return (environments?.includes(environmentName) ?? true) && (systems?.includes(system) ?? true);
  }
  /** An entry whose difference was not looked for is not settled. */
  function couldFind(id: string, cluster: string): boolean {
    const [between = '', rest = ''] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
    const overlay = rest.startsWith('@') ? undefined : rest.split('/').slice(0, 2).join('/').split('#')[0];
    return betweens.has(between as Between) && isChosen({ cluster, ...(overlay !== undefined && { overlay }) });
  }
}

function onlyUnseen({ findings }: RepositoryDrift, betweens: ReadonlySet<Between>): Findings {
  return betweens.has('repository') ? findings : { ...findings, differences: [] };
}

/** One that cannot be reached is a cluster of which nothing was seen. */
async function ask(question: ClusterQuestion, context: string | undefined, signal: AbortSignal): Promise<Findings> {
  let api: ClusterApi | undefined;
  try {
    api = await openClusterApi({ config: await loadKubeConfig(context), signal });
    return await clusterDrift(question, api);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    const { message: why, hint } = error;
    return {
      ...noFindings,
      unseen: [{ cluster: question.cluster, what: 'anything of the cluster', why, ...(hint !== undefined && { hint }) }],
    };
  } finally {
    api?.close();
  }
}

/** As the repository has them, where these are not those of the description. */
function argocdObjects(
  cluster: string,
  described: RenderedDescription['argocd'],
  { publishedFiles }: RepositoryDrift,
): ReadonlyMap<string, readonly PlainObject[]> {
  const own = (path: string) => path.startsWith(`argocd/${cluster}/`);
  const objects = new Map([...described].filter(([path]) => own(path)));
  for (const [path, text] of publishedFiles) {
    if (!own(path)) continue;
    const found = text === undefined ? undefined : objectsIn(text);
    if (found === undefined) objects.delete(path);
    else objects.set(path, found);
  }
  return objects;
}

/** Argo CD makes nothing of what is no YAML, and the repository's own drift tells of it. */
function objectsIn(text: string): PlainObject[] | undefined {
  try {
    return parseBuild(text);
  } catch {
    return undefined;
  }
}

function environmentsOf({ environments }: FleetInputs, cluster: string): string[] {
  return environments.filter((one) => one.cluster === cluster).map(({ name }) => name);
}

/** Those that are named, or those of the environments that are named, or all on which something runs. */
function chosenClusters(inputs: FleetInputs, { cluster: named, environment }: DriftOptions): string[] {
  const names = inputs.clusters.map(({ name }) => name);
  for (const name of named ?? [])
    if (!names.includes(name)) throw new UsageError(`there is no cluster \`${name}\``, didYouMean(name, names));
  const used = inputs.environments.filter(({ name }) => environment?.includes(name) ?? true).map(({ cluster }) => cluster);
  const chosen = names.filter((name) => used.includes(name) && (named?.includes(name) ?? true));
  if (chosen.length === 0) throw new UsageError('nothing runs on what is chosen', 'leave out -e or --cluster');
  return chosen;
}

/** Generated paths that are about these clusters; bases are everybody's. */
function selectorOf(inputs: FleetInputs, clusters: readonly string[]): (path: string) => boolean {
  const environments = new Set(clusters.flatMap((cluster) => environmentsOf(inputs, cluster)));
  return (path) => {
    const [root, first = ''] = path.split('/');
    if (root === 'argocd') return clusters.includes(first);
    return root === 'base' || environments.has(first);
  };
}
