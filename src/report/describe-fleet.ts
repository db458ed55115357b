import type { RenderedFleet } from '../plan/render-fleet.ts';
import { type DescribedOverlay, describeOverlay } from './describe-overlay.ts';

/** What was compiled, described; of overlays that are as they were before, what was described then. */
export function describeFleet(
  { state, systems }: RenderedFleet,
  before: ReadonlyMap<string, DescribedOverlay> = new Map(),
): Map<string, DescribedOverlay> {
  const overlays = [...state.overlays.keys()].flatMap((overlay): [string, DescribedOverlay][] => {
    const compiled = systems.get(overlay);
    const described = compiled === undefined ? before.get(overlay) : describeOverlay(overlay.split('/')[0] as string, compiled);
    return described === undefined ? [] : [[overlay, described]];
  });
  return new Map(overlays);
}
