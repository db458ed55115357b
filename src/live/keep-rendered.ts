import type { Unit } from '../compile/unit.ts';
import { becauseOf } from '../plan/because-of.ts';
import { applicationsOf, type RenderedFleet, type RenderRequest } from '../plan/render-fleet.ts';

/**
 * What is there now, whole: `now` holds only what was compiled anew, the rest of it is in `last`, and so is what cannot
 * be compiled now (`kept`), as it was when it could be.
 */
export function keepRendered(
  now: RenderedFleet,
  last: RenderedFleet | undefined,
  kept: ReadonlySet<string>,
  parse: RenderRequest['parse'],
): RenderedFleet {
  const from = <Value>(which: (fleet: RenderedFleet) => ReadonlyMap<string, Value> | undefined) => {
    const [fresh, old] = [which(now), last === undefined ? undefined : which(last)];
    return new Map(
      [...now.state.overlays.keys(), ...kept].flatMap((overlay) => {
        const value = kept.has(overlay) ? old?.get(overlay) : (fresh?.get(overlay) ?? old?.get(overlay));
        return value === undefined ? [] : [[overlay, value] as const];
      }),
    );
  };
  const overlays = from(({ state }) => state.overlays);
  const systems = from((fleet) => fleet.systems);
  const units = keptUnits(now, last, kept);
  let applications: ReturnType<typeof applicationsOf> | undefined;
  return {
    units,
    systems,
    diagnostics: now.diagnostics,
    exceeded: now.exceeded,
    state: {
      ...{ name: now.state.name, overlays },
      runs: from(({ state }) => state.runs),
      releases: now.state.releases ?? new Map(),
      get applications() {
        applications ??= applicationsOf(units.values(), overlays, parse);
        return applications;
      },
      sealed: keptSealed(now, last, overlays, kept),
      excess: now.state.excess ?? [],
      becauseOf: (overlay, field) => becauseOf(systems.get(overlay)?.desired ?? [], field),
    },
  };
}

/** With those of overlays that are kept, and the Argo CD files of their environments. */
function keptUnits(now: RenderedFleet, last: RenderedFleet | undefined, kept: ReadonlySet<string>): Map<string, Unit> {
  const units = new Map(now.units);
  const environments = new Set([...kept].map((overlay) => overlay.split('/')[0]));
  for (const [name, unit] of last?.units ?? []) {
    if (kept.has(name.replace(/^overlays\//, ''))) units.set(name, unit);
    else if (unit.uses !== undefined && environments.has(name.split('/')[2]) && !units.has(name)) units.set(name, unit);
  }
  return units;
}

/** `environment/system/secret/key` → version: `now` knows those of what was compiled anew. */
function keptSealed(
  now: RenderedFleet,
  last: RenderedFleet | undefined,
  overlays: ReadonlyMap<string, unknown>,
  kept: ReadonlySet<string>,
): Map<string, string> {
  const overlayOf = (address: string) => address.split('/', 2).join('/');
  const isOld = (overlay: string) => overlays.has(overlay) && (kept.has(overlay) || !now.systems.has(overlay));
  const old = [...(last?.state.sealed ?? [])].filter(([address]) => isOld(overlayOf(address)));
  const fresh = [...(now.state.sealed ?? [])].filter(([address]) => !kept.has(overlayOf(address)));
  return new Map([...old, ...fresh]);
}
