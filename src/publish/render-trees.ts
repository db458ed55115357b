import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import type { PlainObject } from '../model/desired-object.ts';
import { overlayOfApplication } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { Failure } from '../store/fail.ts';
import type { Kustomize } from '../verify/kustomize.ts';
import { kustomizeBuild } from '../verify/kustomize-build.ts';
import { parseBuild } from '../verify/parse-build.ts';

const buildsAtOnce = 4;

/** What some files mean, as the real kustomize builds them: of each overlay that is among those asked for. */
export async function renderTree(
  name: string,
  files: ReadonlyMap<string, string>,
  wanted: (overlay: string) => boolean,
  kustomize: Kustomize,
  signal: AbortSignal,
): Promise<RenderedState> {
  const found = [...files.keys()].flatMap((path) => /^overlays\/([^/]+\/[^/]+)\/kustomization\.yaml$/.exec(path)?.[1] ?? []);
  const overlays = found.filter(wanted);
  const folder = mkdtempSync(join(tmpdir(), 'stowage-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const limit = pLimit(buildsAtOnce);
    const build = async (overlay: string): Promise<[string, readonly PlainObject[]]> => {
      const built = await kustomizeBuild(kustomize, join(folder, 'overlays', overlay), signal);
      if ('refusal' in built) throw new Unbuildable(overlay, built.refusal.replaceAll(folder, ''));
      return [overlay, built.objects];
    };
    return {
      name,
      overlays: new Map(await Promise.all(overlays.map((overlay) => limit(() => build(overlay))))),
      applications: new Map(
        [...files].flatMap(([path, text]) => {
          const overlay = overlayOfApplication(path);
          const application = overlay === undefined ? undefined : parseBuild(text)[0];
          return overlay === undefined || application === undefined ? [] : [[overlay, application] as const];
        }),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export class Unbuildable extends Failure {
  constructor(overlay: string, refusal: string) {
    super(`kustomize cannot build overlays/${overlay}: ${refusal.split('\n')[0]}`);
  }
}
