import { Command } from 'commander';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { deployedNames, type FleetNames, fleetNames } from './fleet-names.ts';

const shells = ['zsh', 'bash', 'fish', 'powershell'];

/** The completion script of a shell, and the answers that the script asks for while a person types. */
export async function completionCommand(words: readonly string[], described: Command, context: CommandContext): Promise<number> {
  const [command, shell] = words;
  if (command === 'completion' && (shell === '--help' || shell === '-h')) {
    described.commands.find((candidate) => candidate.name() === 'completion')?.outputHelp();
    return exitCodes.clean;
  }
  if (command === 'completion' && !shells.includes(shell ?? '')) throw new UsageError('name a shell', shells.join(', '));
  const { default: tab } = await import('@bomb.sh/tab/commander');
  // The library adds the command itself.
  const program = new Command('stowage').description(described.description());
  for (const one of described.commands) if (one.name() !== 'completion') program.addCommand(one);
  const completion = tab(program, { completionCommandName: 'completion' });
  const names = namesHere(context);
  for (const known of completion.commands.values()) {
    const complete = (option: string, values: readonly string[]) => {
      const found = known.options.get(option);
      if (found !== undefined)
        found.handler = (add) => {
          for (const value of values) add(value, '');
        };
    };
    complete('environment', names.environments);
    complete('system', names.systems);
    const target = known.arguments.get('target');
    if (known.value === 'graph' && target !== undefined)
      target.handler = (add) => {
        for (const name of deployedHere(context)) add(name, '');
      };
  }
  await program.parseAsync([...words], { from: 'user' });
  return exitCodes.clean;
}

function deployedHere(context: CommandContext): readonly string[] {
  try {
    return deployedNames(fleetFolder({}, context));
  } catch {
    return [];
  }
}

function namesHere(context: CommandContext): FleetNames {
  try {
    return fleetNames(fleetFolder({}, context));
  } catch {
    return { environments: [], systems: [] };
  }
}
