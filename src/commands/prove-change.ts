import type { ChangedFleet } from '../promote/change-fleet.ts';
import { openStage } from '../store/stage.ts';
import type { Kustomize } from '../verify/kustomize.ts';
import { verifyOverlays } from '../verify/verify-overlays.ts';

/** Builds every overlay that a change makes anew with the real kustomize; says what is not as it was meant. */
export async function proveChange(
  { toProve, units }: ChangedFleet,
  kustomize: Kustomize,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (toProve.length === 0) return undefined;
  const wanted = new Set(toProve.flatMap(({ name, facts }) => [name, ...(facts?.folders ?? [])]));
  const stage = openStage('', 'check');
  try {
    for (const { name, contents } of units)
      if (wanted.has(name)) for (const [path, text] of contents ?? []) stage.put(path, text);
    const overlays = toProve.map((unit) => ({
      name: unit.name,
      environment: unit.name.split('/')[1] as string,
      expected: unit.expected ?? new Map(),
    }));
    const { mismatches } = await verifyOverlays({ folder: stage.folder, overlays, kustomize, signal });
    const [first] = mismatches;
    return first === undefined ? undefined : `${first.overlay} does not build to what is meant: ${first.problem}`;
  } finally {
    stage.remove();
  }
}
