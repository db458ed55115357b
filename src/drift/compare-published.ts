import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { overlayOfApplication, type RenderedFleet } from '../plan/render-fleet.ts';
import type { FieldAddress, RenderedState } from '../plan/rendered-state.ts';
import { clusterOfOverlays, clustersOfFiles } from './cluster-of.ts';
import type { Difference } from './difference.ts';
import { type DriftedFile, isByHand } from './published-file.ts';
import { driftedObjects } from './published-objects.ts';
import { fileDifference, objectDifference, overlayDifference } from './repository-difference.ts';

export interface PublishedComparison {
  readonly compiled: RenderedFleet;
  /** What the repository means; without overlays that kustomize cannot build. */
  readonly published: RenderedState;
  /** Overlays that are there and cannot be built: their files say what there is to say. */
  readonly unbuildable: ReadonlySet<string>;
  readonly files: readonly DriftedFile[];
  readonly schemas: KubernetesSchemas;
  /** Those that are looked at. */
  readonly clusters: readonly string[];
}

/** What was found, and which files each of it comes from: those that taking it back would write anew. */
export interface PublishedDrift {
  readonly differences: readonly Difference[];
  /** By the id of the difference. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** Everything once: by object and field where the meaning differs, by file where nothing else tells of it. */
export function comparePublished(comparison: PublishedComparison): PublishedDrift {
  const { compiled, files, clusters } = comparison;
  const clusterOf = clusterOfOverlays([...compiled.units.keys(), ...files.map(({ path }) => path)]);
  const clustersOf = clustersOfFiles(clusterOf);
  const readers = readersOf(compiled);
  const byOverlay = compareOverlays(comparison, readers, clusterOf);
  const isTold = tellsOf(byOverlay, files, readers);
  const ofObjects = [...byOverlay].flatMap(([overlay, found]) => {
    const from = files.filter((file) => !file.sameMeaning && isOf(file.path, overlay, readers)).map(({ path }) => path);
    return found.map((difference) => ({ difference, from }));
  });
  const ofFiles = files.flatMap((file) => {
    if (isTold(file)) return [];
    // What several clusters share is told of the first, so that it is told once.
    const own = clustersOf(file.path, readers(file.path));
    const cluster = own.length === 0 ? clusters[0] : own.find((name) => clusters.includes(name));
    return cluster === undefined ? [] : [{ difference: fileDifference(file, cluster), from: [file.path] }];
  });
  const all = [...ofObjects, ...ofFiles]
    .filter(({ difference }) => clusters.includes(difference.cluster))
    .sort((one, other) => compareText(one.difference.id, other.difference.id));
  return {
    differences: all.map(({ difference }) => difference),
    files: new Map(all.map(({ difference, from }) => [difference.id, from])),
  };
}

function isOf(path: string, overlay: string, readers: Readers): boolean {
  return readers(path).includes(overlay) || overlayOfApplication(path) === overlay;
}

type Readers = (path: string) => readonly string[];

function compareOverlays(
  { compiled, published, unbuildable, files, schemas, clusters }: PublishedComparison,
  readers: Readers,
  clusterOf: (overlay: string) => string | undefined,
): Map<string, readonly Difference[]> {
  const overlays = [...new Set([...compiled.state.overlays.keys(), ...published.overlays.keys()])];
  const compared = overlays.flatMap((overlay): [string, readonly Difference[]][] => {
    const [declared, live] = [compiled.state.overlays.get(overlay), published.overlays.get(overlay)];
    if (declared === live || unbuildable.has(overlay)) return [];
    const edited = files.filter((file) => isByHand(file) && !file.sameMeaning && readers(file.path).includes(overlay));
    const about = { cluster: clusterOf(overlay) ?? clusters[0] ?? '', overlay, edited: edited.map(({ path }) => path) };
    if (declared === undefined || live === undefined) return [[overlay, [overlayDifference(about, declared !== undefined)]]];
    const becauseOf = (field: FieldAddress) => compiled.state.becauseOf?.(overlay, field) ?? [];
    const drifts = driftedObjects({ declared, live, schemas, becauseOf });
    return drifts.length === 0 ? [] : [[overlay, drifts.map((drift) => objectDifference(drift, about))]];
  });
  return new Map(compared);
}

/** Whether what is told of an overlay tells of a file, too. */
function tellsOf(
  byOverlay: ReadonlyMap<string, readonly Difference[]>,
  files: readonly DriftedFile[],
  readers: Readers,
): (file: DriftedFile) => boolean {
  const isWhole = (overlay: string) => byOverlay.get(overlay)?.every(({ object }) => object === undefined) === true;
  return (file) => {
    const application = overlayOfApplication(file.path);
    if (application !== undefined) return isWhole(application);
    const by = readers(file.path).filter((overlay) => byOverlay.has(overlay));
    if (by.some((overlay) => isWhole(overlay) && file.path.startsWith(`overlays/${overlay}/`))) return true;
    return by.length > 0 && !file.sameMeaning && (file.trouble !== 'foreign' || isBuilt(file.path, files));
  };
}

/** Which overlays read a file of `base/` or `overlays/`. */
function readersOf({ units }: RenderedFleet): (path: string) => string[] {
  const folders = [...units.values()].flatMap(({ name, facts }) =>
    (facts?.folders ?? []).map((folder) => [`${folder}/`, name.slice('overlays/'.length)] as const),
  );
  return (path) => {
    const [, own] = /^overlays\/([^/]+\/[^/]+)\//.exec(path) ?? [];
    return own !== undefined ? [own] : folders.flatMap(([folder, overlay]) => (path.startsWith(folder) ? [overlay] : []));
  };
}

/** A file that nobody names does nothing, whatever else differs beside it. */
function isBuilt(path: string, files: readonly DriftedFile[]): boolean {
  const kustomizations = files.filter((file) => file.path.endsWith('/kustomization.yaml'));
  return kustomizations.some(({ path: of, theirs = '' }) => {
    const folder = of.slice(0, -'kustomization.yaml'.length);
    return path.startsWith(folder) && theirs.includes(path.slice(folder.length));
  });
}
