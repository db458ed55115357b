import { rmSync } from 'node:fs';
import { findKustomize } from '../../../src/verify/find-kustomize.ts';
import type { Kustomize } from '../../../src/verify/kustomize.ts';
import { verifyOverlays } from '../../../src/verify/verify-overlays.ts';
import { temporaryFolder } from '../../support/fleet-files.ts';
import { compiledState } from './compiled-state.ts';
import { violation } from './violation.ts';
import { mainOf, type World } from './world.ts';

/** Which overlays were proven before: most schedules end with some that others end with, too. */
const proven = new Set<string>();
let kustomize: Promise<Kustomize> | undefined;

/** The real kustomize builds what lies on the branch in the end to the objects that are meant. */
export async function proveFinally(world: World): Promise<void> {
  const files = world.host.read(mainOf(world));
  const { description, rendered, stale } = compiledState(files);
  // What somebody left in pieces is no merged state.
  if (description === undefined || stale.length > 0) return;
  const overlays = [...(rendered?.units.values() ?? [])].flatMap(({ name, digest, expected, facts }) => {
    const content = JSON.stringify([digest, facts?.folders.map((folder) => rendered?.units.get(folder)?.digest)]);
    return expected === undefined || proven.has(content) ? [] : [{ content, overlay: { name, environment: 'all', expected } }];
  });
  if (overlays.length === 0) return;
  kustomize ??= findKustomize(process.env);
  const folder = temporaryFolder(files);
  const wanted = overlays.map(({ overlay }) => overlay);
  const { mismatches, verified } = await verifyOverlays({ folder, overlays: wanted, kustomize: await kustomize });
  rmSync(folder, { recursive: true });
  if (mismatches.length > 0) violation('kustomize builds something else', mismatches[0]?.problem);
  if (verified.length !== wanted.length) violation('not all overlays were built', verified.length);
  for (const { content } of overlays) proven.add(content);
}
