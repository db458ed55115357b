import type { Hazard, OverlayPair } from './hazard.ts';
import { blockingKinds, hazardRules } from './rules.ts';

export function findHazards(overlay: string, pair: OverlayPair): Hazard[] {
  return hazardRules.flatMap((rule) =>
    rule(pair).map((found) => ({ ...found, overlay, blocking: blockingKinds.has(found.kind) })),
  );
}
