import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import type { PlainObject } from '../model/desired-object.ts';
import { overlayOfApplication, type RenderedFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { Failure } from '../store/fail.ts';
import { findKustomize } from '../verify/find-kustomize.ts';
import { kustomizeBuild } from '../verify/kustomize-build.ts';
import type { Published } from './fetch-published.ts';
import { linkMode, type TreeEntry } from './list-tree.ts';
import { isTextOf, listPublished, readPublished } from './published-files.ts';

export interface PublishedRequest {
  readonly name: string;
  readonly published: Published;
  /** Folder of the generated files in the repository; empty for its root. */
  readonly path: string;
  /** What compiles now: of what lies there byte for byte, the meaning is known. */
  readonly compiled: RenderedFleet;
  readonly selected: (path: string) => boolean;
  /** Is told of an overlay that kustomize cannot build, which is then left out; by default that is a failure. */
  readonly onUnbuildable?: (overlay: string, problem: Failure) => void;
}

/** What lies in the config repository, as the real kustomize renders it, whoever wrote it. */
export async function renderPublished(request: PublishedRequest): Promise<RenderedState> {
  const { published, compiled, selected, name } = request;
  if (published.commit === undefined) return { name, overlays: new Map() };
  const listed = await listPublished(published, request.path);
  const files = new Map([...listed].filter(([, { mode }]) => mode !== linkMode));
  const overlays = overlaysIn(files.keys()).filter((overlay) => selected(`overlays/${overlay}/`));
  const byFolder = inUnits(files);
  const differing = overlays.filter((overlay) => !isAsCompiled(overlay, byFolder, compiled));
  const systems = new Set(differing.map((overlay) => overlay.split('/')[1]));
  const folders = [...differing.map((overlay) => `overlays/${overlay}/`), ...[...systems].map((system) => `base/${system}/`)];
  const applications = [...files].filter(([path]) => differing.includes(overlayOfApplication(path) ?? ''));
  const toBuild = [...files].filter(([path]) => folders.some((folder) => path.startsWith(folder)));
  const entries = [...toBuild, ...applications].map(([, entry]) => entry);
  const contents = await readPublished(published, request.path, entries);
  const built = await buildOverlays(differing, toBuild, contents, request);
  const known = overlays.filter((overlay) => built.has(overlay) || !differing.includes(overlay));
  const text = ({ id }: TreeEntry) => new TextDecoder().decode(contents.get(id));
  const { parseBuild } = await import('../verify/parse-build.ts');
  const applicationIn = (yaml: string) => {
    try {
      return parseBuild(yaml)[0];
    } catch {
      // Argo CD does not make anything of it either.
      return undefined;
    }
  };
  return {
    name,
    overlays: new Map(known.map((overlay) => [overlay, built.get(overlay) ?? compiled.state.overlays.get(overlay) ?? []])),
    applications: new Map(
      applications.flatMap(([path, entry]) => {
        const application = applicationIn(text(entry));
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

type Files = readonly (readonly [string, TreeEntry])[];

/** By the folder of the base or the overlay that they belong to. */
function inUnits(files: Iterable<readonly [string, TreeEntry]>): ReadonlyMap<string, Files> {
  const folders = new Map<string, (readonly [string, TreeEntry])[]>();
  for (const file of files) {
    const folder = file[0].split('/', 3).join('/');
    const inside = folders.get(folder);
    if (inside === undefined) folders.set(folder, [file]);
    else inside.push(file);
  }
  return folders;
}

/** Whether all that a build of the overlay reads lies there as it compiles now. */
function isAsCompiled(overlay: string, files: ReadonlyMap<string, Files>, { units, state }: RenderedFleet): boolean {
  const unit = units.get(`overlays/${overlay}`);
  const run = state.runs?.get(overlay);
  const base = run === undefined ? undefined : units.get(`base/${run}`);
  if (unit?.contents === undefined || base?.contents === undefined) return false;
  const texts = new Map([...unit.contents, ...base.contents]);
  const there = [unit, base].flatMap(({ name }) => files.get(name) ?? []);
  return there.length === texts.size && there.every(([path, entry]) => isTextOf(texts.get(path), entry));
}

async function buildOverlays(
  overlays: readonly string[],
  files: Files,
  contents: ReadonlyMap<string, Uint8Array>,
  { published, onUnbuildable }: PublishedRequest,
): Promise<Map<string, readonly PlainObject[]>> {
  const built = new Map<string, readonly PlainObject[]>();
  if (overlays.length === 0) return built;
  const { environment, signal } = published.call;
  const kustomize = await findKustomize(environment, signal);
  const folder = mkdtempSync(join(tmpdir(), 'stowage-published-'));
  try {
    for (const [path, { id }] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), contents.get(id) ?? '');
    }
    const limit = pLimit(availableParallelism());
    const build = async (overlay: string) => {
      const result = await kustomizeBuild(kustomize, join(folder, 'overlays', overlay), signal);
      if (!('refusal' in result)) return void built.set(overlay, result.objects);
      const problem = unbuildable(overlay, result.refusal.replaceAll(folder, ''));
      if (onUnbuildable === undefined) throw problem;
      onUnbuildable(overlay, problem);
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
