import { didYouMean } from '../diagnostics/suggest.ts';
import type { InputFiles } from '../model/input-files.ts';
import { entriesOf } from '../model/tracked.ts';
import { readEnvironment } from '../read/read-documents.ts';
import { type EnvironmentInput, type FleetInputs, sortInputs } from '../read/sort-inputs.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { UsageError } from './command-context.ts';
import type { Selection } from './selection.ts';

export interface FleetNames {
  readonly environments: readonly string[];
  readonly systems: readonly string[];
  /** The systems that an environment runs; all of them where that cannot be read. */
  runs(environment: string): readonly string[];
}

export function fleetNames(fleet: string): FleetNames {
  return namesIn(gatherInputs(fleet, () => {}));
}

export function namesIn(files: InputFiles): FleetNames {
  const inputs = sortInputs(files, () => {});
  const systems = [...new Set(inputs.releases.map(({ system }) => system))];
  return {
    environments: inputs.environments.map(({ name }) => name),
    systems,
    runs: (environment) =>
      inputs.environments.filter(({ name }) => name === environment).flatMap((input) => systemsOf(inputs, input) ?? systems),
  };
}

/** `environment/system` of all that is deployed, as far as it can be read. */
export function deployedNames(fleet: string): string[] {
  const inputs = sortInputs(
    gatherInputs(fleet, () => {}),
    () => {},
  );
  return inputs.environments.flatMap((input) => (systemsOf(inputs, input) ?? []).map((system) => `${input.name}/${system}`));
}

function systemsOf({ files }: FleetInputs, input: EnvironmentInput): string[] | undefined {
  const environment = readEnvironment(files, input, () => {});
  return environment && entriesOf(environment.document.value.spec.value.systems).map(([system]) => system);
}

/** A selection of what does not exist, or of nothing at all, would find nothing wrong. */
export function checkSelection(selection: Selection, fleet: string): void {
  const { environment = [], system = [] } = selection;
  if (environment.length + system.length > 0) checkNames(selection, fleetNames(fleet));
}

export function checkNames({ environment = [], system = [] }: Selection, { environments, systems, runs }: FleetNames): void {
  for (const name of environment) {
    if (!environments.includes(name)) throw new UsageError(`there is no environment \`${name}\``, didYouMean(name, environments));
  }
  for (const name of system) {
    if (!systems.includes(name)) throw new UsageError(`there is no System \`${name}\``, didYouMean(name, systems));
  }
  const running = [...new Set(environment.flatMap(runs))];
  if (environment.length === 0 || system.length === 0 || system.some((name) => running.includes(name))) return;
  const [first, ...others] = environment;
  const those = others.length === 0 ? `\`${first}\` does not run` : `none of ${listed(environment, 'and')} runs`;
  const instead = `${others.length === 0 ? 'it runs' : 'they run'} ${running.join(', ')}`;
  throw new UsageError(`${those} ${listed(system, 'or')}`, running.length === 0 ? undefined : instead);
}

function listed(names: readonly string[], last: string): string {
  const quoted = names.map((name) => `\`${name}\``);
  return [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter((text) => text !== '').join(` ${last} `);
}
