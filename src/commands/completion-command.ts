import { Command } from 'commander';
import { bashCompletion } from './bash-completion.ts';
import { type CommandContext, type CommonOptions, exitCodes, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { deployedNames, type FleetNames, fleetNames } from './fleet-names.ts';
import { pullRequestActions } from './pull-request-actions.ts';

type Add = (value: string, description: string) => void;

const shells = ['zsh', 'bash', 'fish', 'powershell'] as const;

const actions: Readonly<Record<string, readonly string[]>> = { pr: pullRequestActions, drift: ['accept'] };

/** The completion script of a shell: it asks for answers while a person types. */
export async function completionCommand(
  shell: string,
  options: Pick<CommonOptions, 'json'>,
  context: CommandContext,
): Promise<number> {
  if (!isShell(shell)) throw new UsageError(`there is no completion for \`${shell}\``, `there is one for ${shells.join(', ')}`);
  const script = shell === 'bash' ? bashCompletion : await libraryScript(shell);
  context.out(options.json === true ? `${JSON.stringify({ command: 'completion', shell, script }, null, 2)}\n` : script);
  return exitCodes.clean;
}

function isShell(name: string): name is (typeof shells)[number] {
  return (shells as readonly string[]).includes(name);
}

/** The library prints a script, whoever asks. */
async function libraryScript(shell: (typeof shells)[number]): Promise<string> {
  const { script } = await import('@bomb.sh/tab');
  const { log } = console;
  let printed = '';
  console.log = (text: string) => {
    printed += `${text}\n`;
  };
  try {
    script(shell, 'stowage', 'stowage');
  } finally {
    console.log = log;
  }
  return printed;
}

/** What the script asks for. */
export async function completeWords(words: readonly string[], described: Command, context: CommandContext): Promise<number> {
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
