import { compileBaseAlone } from '../compile/compile.ts';
import type { CompileOptions } from '../compile/compile-options.ts';
import { baseKey, releaseId } from '../compile/shelf.ts';
import type { Unit } from '../compile/unit.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FleetInputs } from '../read/sort-inputs.ts';

interface CheckedBase {
  readonly id: string;
  readonly units: readonly Unit[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What only the bases of releases would tell. An edit is shown before they are made, since nothing that is shown lies in
 * them; they are made one by one when nothing else is to be done.
 */
export interface BaseChecks {
  /** Those of releases that are as they were are known already. */
  readonly follow: (inputs: FleetInputs) => void;
  /** Makes one that is not known; false when there is none. */
  readonly checkNext: () => boolean;
  readonly units: () => readonly Unit[];
  readonly diagnostics: () => readonly Diagnostic[];
  /** `system/release` of those that cannot be made. */
  readonly broken: () => ReadonlySet<string>;
}

export function createBaseChecks(options: Pick<CompileOptions, 'schemas' | 'compiler'>): BaseChecks {
  let inputs: FleetInputs | undefined;
  let checked = new Map<string, CheckedBase>();
  const all = () => [...checked.values()];
  return {
    follow: (next) => {
      inputs = next;
      const keys = new Set(next.releases.map((release) => baseKey(release, options)));
      checked = new Map([...checked].filter(([key]) => keys.has(key)));
    },
    checkNext: () => {
      const release = inputs?.releases.find((one) => !checked.has(baseKey(one, options)));
      if (inputs === undefined || release === undefined) return false;
      const { units, diagnostics } = compileBaseAlone(inputs, release, options);
      const id = releaseId(release.system, release.release);
      // What it prints is of use to nobody here.
      checked.set(baseKey(release, options), { id, diagnostics, units: units.map((unit) => ({ ...unit, contents: undefined })) });
      return true;
    },
    units: () => all().flatMap(({ units }) => units),
    diagnostics: () => all().flatMap(({ diagnostics }) => diagnostics),
    broken: () => new Set(all().flatMap(({ id, units }) => (units.length === 0 ? [id] : []))),
  };
}
