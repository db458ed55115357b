import { fetchPublished, type Published, type RemoteBranch } from '../git/fetch-published.ts';
import { listPublished, readPublished } from '../git/published-files.ts';
import { renderPublished } from '../git/render-published.ts';
import type { GitCall } from '../git/run-git.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { PlainObject } from '../model/desired-object.ts';
import type { RenderedFleet } from '../plan/render-fleet.ts';
import { Failure } from '../store/fail.ts';
import { clusterOfOverlays } from './cluster-of.ts';
import { comparePublished } from './compare-published.ts';
import { type Findings, noFindings, type Unseen } from './difference.ts';
import { differingEntries, driftedFiles } from './published-file.ts';

export interface RepositoryRequest {
  /** Where that lies which is published. */
  readonly remote: RemoteBranch & { readonly path: string };
  /** What the description compiles to, with all its files. */
  readonly compiled: RenderedFleet;
  /** Those that are looked at: each of them goes unseen where the repository cannot be read. */
  readonly clusters: readonly string[];
  readonly selected: (path: string) => boolean;
  readonly schemas: KubernetesSchemas;
  readonly call: Omit<GitCall, 'in'>;
}

export interface RepositoryDrift {
  readonly findings: Findings;
  /** Id of a difference → files of the repository that it comes from, for those who take it back. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** `environment/system` → what the repository declares, which is what clusters are held against. */
  readonly publishedObjects: ReadonlyMap<string, readonly PlainObject[]>;
  /** Generated files that the repository has otherwise than the description compiles to; undefined where it lacks them. */
  readonly publishedFiles: ReadonlyMap<string, string | undefined>;
  /** Undefined where the branch does not exist or could not be read. */
  readonly commit: string | undefined;
}

/** Holds what is published against what the description compiles to. */
export async function repositoryDrift(request: RepositoryRequest): Promise<RepositoryDrift> {
  const { remote, clusters, call } = request;
  const what = `branch ${remote.branch} of ${remote.url}`;
  try {
    return await compareWith(await fetchPublished(remote, call), request);
  } catch (error) {
    call.signal?.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    const unseen = clusters.map((cluster) => unseenOf(cluster, what, error));
    const nothing = { files: new Map(), publishedObjects: new Map(), publishedFiles: new Map(), commit: undefined };
    return { findings: { ...noFindings, unseen }, ...nothing };
  }
}

async function compareWith(published: Published, request: RepositoryRequest): Promise<RepositoryDrift> {
  const { compiled, remote, selected, schemas, clusters } = request;
  const { path } = remote;
  const problems = new Map<string, Failure>();
  const rendered = await renderPublished({
    ...{ name: 'published', published, path, compiled, selected },
    onUnbuildable: (overlay, problem) => problems.set(overlay, problem),
  });
  const wanted = new Map(
    [...compiled.units.values()].flatMap(({ contents }) => [...(contents ?? [])]).filter(([file]) => selected(file)),
  );
  const listed = new Map([...(await listPublished(published, path))].filter(([file]) => selected(file)));
  const entries = differingEntries(wanted, listed).map(([, entry]) => entry);
  const files = driftedFiles(wanted, listed, await readPublished(published, path, entries));
  const unbuildable = new Set(problems.keys());
  const drift = comparePublished({ compiled, published: rendered, unbuildable, files, schemas, clusters });
  const clusterOf = clusterOfOverlays(compiled.units.keys());
  const unseen = [...problems].flatMap(([overlay, problem]) => {
    const cluster = clusterOf(overlay) ?? clusters[0];
    return cluster !== undefined && clusters.includes(cluster) ? [unseenOf(cluster, `overlays/${overlay}`, problem)] : [];
  });
  return {
    findings: { ...noFindings, differences: drift.differences, unseen },
    files: drift.files,
    // What cannot be built declares something all the same: nothing of it is foreign to the cluster.
    publishedObjects: new Map([
      ...[...compiled.state.overlays].filter(([overlay]) => unbuildable.has(overlay)),
      ...rendered.overlays,
    ]),
    publishedFiles: new Map(files.map(({ path: file, theirs }) => [file, theirs])),
    commit: published.commit,
  };
}

function unseenOf(cluster: string, what: string, { message: why, hint }: Failure): Unseen {
  return { cluster, what, why, ...(hint === undefined ? {} : { hint }) };
}
