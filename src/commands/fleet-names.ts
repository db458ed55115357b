import { didYouMean } from '../diagnostics/suggest.ts';
import type { InputFiles } from '../model/input-files.ts';
import { entriesOf } from '../model/tracked.ts';
import { readEnvironment } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { UsageError } from './command-context.ts';
import type { Selection } from './selection.ts';

export interface FleetNames {
  readonly environments: readonly string[];
  readonly systems: readonly string[];
}

export function fleetNames(fleet: string): FleetNames {
  return namesIn(gatherInputs(fleet, () => {}));
}

export function namesIn(files: InputFiles): FleetNames {
  const inputs = sortInputs(files, () => {});
  return {
    environments: inputs.environments.map(({ name }) => name),
    systems: [...new Set(inputs.releases.map(({ system }) => system))],
  };
}

/** `environment/system` of all that is deployed, as far as it can be read. */
export function deployedNames(fleet: string): string[] {
  const inputs = sortInputs(
    gatherInputs(fleet, () => {}),
    () => {},
  );
  return inputs.environments.flatMap((input) => {
    const environment = readEnvironment(inputs.files, input, () => {});
    return entriesOf(environment?.document.value.spec.value.systems).map(([system]) => `${input.name}/${system}`);
  });
}

/** A selection of what does not exist would find nothing wrong. */
export function checkSelection(selection: Selection, fleet: string): void {
  const { environment = [], system = [] } = selection;
  if (environment.length + system.length > 0) checkNames(selection, fleetNames(fleet));
}

export function checkNames({ environment = [], system = [] }: Selection, { environments, systems }: FleetNames): void {
  for (const name of environment) {
    if (!environments.includes(name)) throw new UsageError(`there is no environment \`${name}\``, didYouMean(name, environments));
  }
  for (const name of system) {
    if (!systems.includes(name)) throw new UsageError(`there is no System \`${name}\``, didYouMean(name, systems));
  }
}
