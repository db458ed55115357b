import type { Diagnostic } from '../diagnostics/diagnostic.ts';
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
  /** What is wrong with where things lie: a name that is not known may be that of a file that nothing reads. */
  readonly problems: readonly Diagnostic[];
}

export function fleetNames(fleet: string): FleetNames {
  const gathered: Diagnostic[] = [];
  const names = namesIn(gatherInputs(fleet, (diagnostic) => gathered.push(diagnostic)));
  return { ...names, problems: [...gathered, ...names.problems] };
}

export function namesIn(files: InputFiles): FleetNames {
  const problems: Diagnostic[] = [];
  const inputs = sortInputs(files, (diagnostic) => problems.push(diagnostic));
  const systems = [...new Set(inputs.releases.map(({ system }) => system))];
  return {
    environments: inputs.environments.map(({ name }) => name),
    systems,
    runs: (environment) =>
      inputs.environments.filter(({ name }) => name === environment).flatMap((input) => systemsOf(inputs, input) ?? systems),
    problems,
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

export function checkNames({ environment = [], system = [] }: Selection, names: FleetNames): void {
  const { environments, systems, runs } = names;
  for (const name of environment) if (!environments.includes(name)) throw unknown('environment', name, environments, names);
  for (const name of system) if (!systems.includes(name)) throw unknown('System', name, systems, names);
  const running = [...new Set(environment.flatMap(runs))];
  if (environment.length === 0 || system.length === 0 || system.some((name) => running.includes(name))) return;
  const [first, ...others] = environment;
  const those = others.length === 0 ? `\`${first}\` does not run` : `none of ${listed(environment, 'and')} runs`;
  const instead = `${others.length === 0 ? 'it runs' : 'they run'} ${running.join(', ')}`;
  throw new UsageError(`${those} ${listed(system, 'or')}`, running.length === 0 ? undefined : instead);
}

function unknown(kind: string, name: string, known: readonly string[], { problems }: FleetNames): UsageError {
  const told = problems.slice(0, 3).map(({ message, hint }) => (hint === undefined ? message : `${message}: ${hint}`));
  const hints = [didYouMean(name, known) ?? [], ...told].flat();
  return new UsageError(`there is no ${kind} \`${name}\``, hints.length === 0 ? undefined : hints.join('; '));
}

function listed(names: readonly string[], last: string): string {
  const quoted = names.map((name) => `\`${name}\``);
  return [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter((text) => text !== '').join(` ${last} `);
}
