import type { Hazard } from './hazards/hazard.ts';

/** A hazard with all the overlays that it arises in. */
export interface FoldedHazard extends Omit<Hazard, 'overlay'> {
  readonly overlays: readonly string[];
}

export function foldHazards(hazards: readonly Hazard[]): FoldedHazard[] {
  const folded = new Map<string, Hazard & { overlays: string[] }>();
  for (const hazard of hazards) {
    const system = hazard.kind === 'capacity' ? '' : hazard.overlay.slice(hazard.overlay.indexOf('/') + 1);
    const id = [hazard.kind, system, hazard.object, hazard.text].join('\n');
    const known = folded.get(id) ?? { ...hazard, overlays: [] };
    known.overlays.push(hazard.overlay);
    folded.set(id, known);
  }
  return [...folded.values()].map(({ overlay: _, ...hazard }) => hazard);
}
