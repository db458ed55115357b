import type { RenderedFleet } from '../plan/render-fleet.ts';
import { readEnvironment, readFleet } from '../read/read-documents.ts';
import type { FleetInputs } from '../read/sort-inputs.ts';

/**
 * The overlays that are still described, as far as that can be read, and that cannot be compiled now; and those in which
 * a secret lies open, for that is not to be shown.
 */
export function keptOverlays(inputs: FleetInputs, now: RenderedFleet, last: RenderedFleet | undefined): Set<string> {
  const known = [...(last?.state.overlays.keys() ?? [])];
  // Without it stages are not known, and what an overlay would be then is not what anybody meant.
  const readable = readFleet(inputs, () => {}) !== undefined;
  const kept = withOpenSecrets(inputs, now);
  for (const input of inputs.environments) {
    const own = known.filter((overlay) => overlay.startsWith(`${input.name}/`));
    const environment = readEnvironment(inputs.files, input, () => {});
    const named = environment?.document.value.spec.value.systems.value;
    for (const overlay of own) {
      const described = named === undefined || Object.hasOwn(named, overlay.slice(input.name.length + 1));
      if (described && !(readable && now.state.overlays.has(overlay))) kept.add(overlay);
    }
  }
  return kept;
}

/** What is told of no overlay is a matter of all that its file is read for. */
function withOpenSecrets({ environments }: FleetInputs, { state, diagnostics }: RenderedFleet): Set<string> {
  const rendered = [...state.overlays.keys()];
  return new Set(
    diagnostics
      .filter(({ masked }) => masked === true)
      .flatMap(({ overlays, place }) => {
        if (overlays !== undefined) return overlays.map((folder) => folder.slice('overlays/'.length));
        const environment = environments.find(({ path }) => path === place.file.path)?.name;
        return environment === undefined ? rendered : rendered.filter((overlay) => overlay.startsWith(`${environment}/`));
      }),
  );
}
