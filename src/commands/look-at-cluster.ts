import { schemas } from '../build-facts.ts';
import type { ClusterApi } from '../cluster/cluster-api.ts';
import { loadKubeConfig } from '../cluster/kube-config.ts';
import { openClusterApi } from '../cluster/open-cluster-api.ts';
import { clusterDrift } from '../drift/cluster-drift.ts';
import { questionsOf } from '../drift/cluster-question.ts';
import type { ClusterQuestion } from '../drift/declared.ts';
import { type Findings, noFindings } from '../drift/difference.ts';
import type { RenderedDescription } from '../drift/rendered-description.ts';
import type { RepositoryDrift } from '../drift/repository-drift.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { PlainObject } from '../model/desired-object.ts';
import type { RenderedFleet } from '../plan/render-fleet.ts';
import type { Cluster } from '../read/read-documents.ts';
import { Failure } from '../store/fail.ts';
import { parseBuild } from '../verify/parse-build.ts';

export interface ClusterLook {
  readonly cluster: Cluster;
  readonly environments: readonly string[];
  readonly compiled: RenderedFleet;
  /** What is in the files of Argo CD as the description means them, by path. */
  readonly argocd: RenderedDescription['argocd'];
  readonly published: RepositoryDrift;
  /** Of the kubeconfig; undefined for the account of the pod. */
  readonly context: string | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** One cluster against what the repository declares for it; against the description where the repository cannot be read. */
export async function lookAtCluster({
  cluster,
  environments,
  compiled,
  argocd: described,
  published,
  context,
  now,
  signal,
}: ClusterLook): Promise<Findings[]> {
  const { kubernetes, argocd } = cluster.document.value.spec.value;
  const objects = published.commit === undefined ? compiled.state.overlays : published.publishedObjects;
  const { own, argocd: elsewhere } = questionsOf({
    cluster: cluster.name,
    environments,
    overlays: new Map([...objects].filter(([overlay]) => environments.includes(overlay.split('/')[0] as string))),
    argocd: argocdObjects(cluster.name, described, published),
    becauseOf: compiled.state.becauseOf,
    schemas: schemas(kubernetes.value) ?? (schemas(supportedMinors.at(-1) as string) as KubernetesSchemas),
    now,
  });
  if (elsewhere === undefined) return [await ask(own, context, signal)];
  // Argo CD that runs on another cluster keeps its Applications there.
  const beside = argocd?.value.context?.value;
  const unseen = {
    cluster: cluster.name,
    what: 'Applications and AppProjects',
    why: 'Argo CD runs on another cluster, and nothing says how that is asked',
    hint: `say \`argocd: {context: <name>}\` in clusters/${cluster.name}/cluster.yaml`,
  };
  return Promise.all([
    ask(own, context, signal),
    beside === undefined ? { ...noFindings, unseen: [unseen] } : ask(elsewhere, beside, signal),
  ]);
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
    const unseen = { cluster: question.cluster, what: 'anything of the cluster', why, ...(hint !== undefined && { hint }) };
    return { ...noFindings, unseen: [unseen] };
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
  const own = (path: string) => path.startsWith(`argocd/${cluster}/`) && path.endsWith('.yaml');
  const objects = new Map([...described].filter(([path]) => own(path)));
  for (const [path, text] of publishedFiles) if (own(path)) objects.set(path, text === undefined ? [] : parsed(text));
  return objects;
}

/** What is no YAML there is told as a difference of the repository; it declares nothing. */
function parsed(text: string): readonly PlainObject[] {
  try {
    return parseBuild(text);
  } catch {
    return [];
  }
}
