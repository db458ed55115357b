import { Command } from 'commander';
import { bashCompletion } from './bash-completion.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { deployedNames, type FleetNames, fleetNames } from './fleet-names.ts';
import { pullRequestActions } from './pull-request-actions.ts';

type Add = (value: string, description: string) => void;

const shells = ['zsh', 'bash', 'fish', 'powershell'];

const actions: Readonly<Record<string, readonly string[]>> = { pr: pullRequestActions, drift: ['accept'] };

/** The completion script of a shell, and the answers that the script asks for while a person types. */
export async function completionCommand(words: readonly string[], described: Command, context: CommandContext): Promise<number> {
  const [command, shell, extra] = words;
  if (command === 'completion' && [shell, extra].some((word) => word === '--help' || word === '-h')) {
    described.commands.find((candidate) => candidate.name() === 'completion')?.outputHelp();
    return exitCodes.clean;
  }
  if (command === 'completion' && !shells.includes(shell ?? ''))
    throw new UsageError(
      shell === undefined ? 'name a shell' : `there is no completion for \`${shell}\``,
      `there is one for ${shells.join(', ')}`,
    );
  if (command === 'completion' && extra !== undefined)
    throw new UsageError(`completion takes no \`${extra}\``, 'a script is what a shell reads: there is nothing else to print');
  if (command === 'completion' && shell === 'bash') {
    context.out(bashCompletion);
    return exitCodes.clean;
  }
  const { default: tab } = await import('@bomb.sh/tab/commander');
  // The library adds the command itself.
  const program = new Command('stowage').description(described.description());
  for (const one of described.commands) if (one.name() !== 'completion') program.addCommand(one);
  const completion = tab(program, { completionCommandName: 'completion' });
  const names = namesHere(context);
  for (const known of completion.commands.values()) {
    const complete = (word: { handler?: unknown } | undefined, values: () => readonly string[]) => {
      if (word !== undefined)
        word.handler = (add: Add) => {
          for (const value of values()) add(value, '');
        };
    };
    complete(known.options.get('environment'), () => names.environments);
    complete(known.options.get('system'), () => names.systems);
    complete(known.arguments.get('system'), () => names.systems);
    // Of other commands these name states, releases or objects.
    if (known.value === 'promote') for (const word of ['to', 'from']) complete(known.options.get(word), () => names.environments);
    if (known.value === 'graph' || known.value === 'rollback')
      complete(known.arguments.get('target'), () => deployedHere(context));
    // The rest, an object and its field, takes a compiled fleet.
    if (known.value === 'why') complete(known.arguments.get('target'), () => deployedHere(context).map((name) => `${name}/`));
    complete(known.arguments.get('action'), () => actions[known.value] ?? []);
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

function namesHere(context: CommandContext): Pick<FleetNames, 'environments' | 'systems'> {
  try {
    return fleetNames(fleetFolder({}, context));
  } catch {
    return { environments: [], systems: [] };
  }
}
