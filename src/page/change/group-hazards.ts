import type { FoldedHazard } from './change-types.ts';

/** All that is dangerous about one object in the same places. */
export interface HazardGroup {
  readonly id: string;
  readonly object: string;
  readonly overlays: readonly string[];
  readonly dangers: readonly FoldedHazard[];
}

export function groupHazards(hazards: readonly FoldedHazard[]): HazardGroup[] {
  const groups = new Map<string, HazardGroup & { readonly dangers: FoldedHazard[] }>();
  for (const hazard of hazards) {
    const { object, overlays } = hazard;
    const id = [object, ...overlays].join('\n');
    const known = groups.get(id);
    if (known === undefined) groups.set(id, { id, object, overlays, dangers: [hazard] });
    else known.dangers.push(hazard);
  }
  return [...groups.values()];
}
