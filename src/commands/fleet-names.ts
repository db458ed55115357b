import { didYouMean } from '../diagnostics/suggest.ts';
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
  const inputs = sortInputs(
    gatherInputs(fleet, () => {}),
    () => {},
  );
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
export function checkSelection({ environment = [], system = [] }: Selection, fleet: string): void {
  if (environment.length + system.length === 0) return;
  const { environments, systems } = fleetNames(fleet);
  for (const name of environment) {
    if (!environments.includes(name)) throw new UsageError(`there is no environment \`${name}\``, didYouMean(name, environments));
  }
  for (const name of system) {
    if (!systems.includes(name)) throw new UsageError(`there is no System \`${name}\``, didYouMean(name, systems));
  }
}
