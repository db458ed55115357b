import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import type { PlainObject } from '../model/desired-object.ts';
import { generatedRoots } from '../model/output-paths.ts';
import { overlayOfApplication, type RenderedFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { Failure } from '../store/fail.ts';
import { findKustomize } from '../verify/find-kustomize.ts';
import { kustomizeBuild } from '../verify/kustomize-build.ts';
import { fetchContents, type Published } from './fetch-published.ts';
import { linkMode, listTree, type TreeEntry } from './list-tree.ts';
import { readBlobs } from './read-blobs.ts';

export interface PublishedRequest {
  readonly name: string;
  readonly published: Published;
  /** Folder of the generated files in the repository; empty for its root. */
  readonly path: string;
  /** What compiles now: of what lies there byte for byte, the meaning is known. */
  readonly compiled: RenderedFleet;
  readonly selected: (path: string) => boolean;
}

/** What lies in the config repository, as the real kustomize renders it, whoever wrote it. */
export async function renderPublished(request: PublishedRequest): Promise<RenderedState> {
  const { published, compiled, selected, name } = request;
  const { commit, call } = published;
  if (commit === undefined) return { name, overlays: new Map() };
  const prefix = request.path === '' ? '' : `${request.path}/`;
  const roots = generatedRoots.map((root) => prefix + root);
  const listed = await listTree(commit, roots, call);
  const files = new Map(
    listed.filter(({ mode }) => mode !== linkMode).map((entry) => [entry.path.slice(prefix.length), entry] as const),
  );
  const overlays = overlaysIn(files.keys()).filter((overlay) => selected(`overlays/${overlay}/`));
  const differing = overlays.filter((overlay) => !isAsCompiled(overlay, files, compiled));
  const systems = new Set(differing.map((overlay) => overlay.split('/')[1]));
  const folders = [...differing.map((overlay) => `overlays/${overlay}/`), ...[...systems].map((system) => `base/${system}/`)];
  const applications = [...files].filter(([path]) => differing.includes(overlayOfApplication(path) ?? ''));
  const toBuild = [...files].filter(([path]) => folders.some((folder) => path.startsWith(folder)));
  const ids = [...toBuild, ...applications].map(([, { id }]) => id);
  await fetchContents(published, ids, roots);
  const contents = await readBlobs(ids, call);
  const built = await buildOverlays(differing, toBuild, contents, request);
  const text = ({ id }: TreeEntry) => new TextDecoder().decode(contents.get(id));
  const { parseBuild } = await import('../verify/parse-build.ts');
  return {
    name,
    overlays: new Map(overlays.map((overlay) => [overlay, built.get(overlay) ?? compiled.state.overlays.get(overlay) ?? []])),
    applications: new Map(
      applications.flatMap(([path, entry]) => {
        const [application] = parseBuild(text(entry));
        return application === undefined ? [] : [[overlayOfApplication(path) as string, application] as const];
      }),
    ),
  };
}

function overlaysIn(paths: Iterable<string>): string[] {
  const found = [...paths].flatMap((path) => {
    const [, overlay] = /^overlays\/([^/]+\/[^/]+)\/kustomization\.yaml$/.exec(path) ?? [];
    return overlay === undefined ? [] : [overlay];
  });
  return [...new Set(found)];
}

/** Whether all that a build of the overlay reads lies there as it compiles now. */
function isAsCompiled(overlay: string, files: ReadonlyMap<string, TreeEntry>, { units, state }: RenderedFleet): boolean {
  const unit = units.get(`overlays/${overlay}`);
  const run = state.runs?.get(overlay);
  const base = run === undefined ? undefined : units.get(`base/${run}`);
  if (unit?.contents === undefined || base?.contents === undefined) return false;
  const texts = new Map([...unit.contents, ...base.contents]);
  const there = [...files].filter(([path]) => path.startsWith(`${unit.name}/`) || path.startsWith(`${base.name}/`));
  return there.length === texts.size && there.every(([path, { id }]) => blobId(texts.get(path), id.length) === id);
}

/** The id that git gives to a text, in a repository whose ids are that long. */
function blobId(text: string | undefined, length: number): string | undefined {
  if (text === undefined) return undefined;
  const bytes = new TextEncoder().encode(text);
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

async function buildOverlays(
  overlays: readonly string[],
  files: readonly (readonly [string, TreeEntry])[],
  contents: ReadonlyMap<string, Uint8Array>,
  { published }: PublishedRequest,
): Promise<Map<string, readonly PlainObject[]>> {
  const built = new Map<string, readonly PlainObject[]>();
  if (overlays.length === 0) return built;
  const { environment, signal } = published.call;
  const kustomize = await findKustomize(environment);
  const folder = mkdtempSync(join(tmpdir(), 'stowage-published-'));
  try {
    for (const [path, { id }] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), contents.get(id) ?? '');
    }
    const limit = pLimit(availableParallelism());
    const build = async (overlay: string) => {
      const result = await kustomizeBuild(kustomize, join(folder, 'overlays', overlay), signal);
      if ('refusal' in result) throw unbuildable(overlay, result.refusal.replaceAll(folder, ''));
      built.set(overlay, result.objects);
    };
    await Promise.all(overlays.map((overlay) => limit(() => build(overlay))));
    return built;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unbuildable(overlay: string, refusal: string): Failure {
  return new Failure(
    `kustomize cannot build overlays/${overlay} as it is published: ${refusal.split('\n')[0]}`,
    'repair what is published, or leave it out by -e and -s',
  );
}
