import { Command, CommanderError } from 'commander';
import { version } from '../build-facts.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import { type Action, commandShapes } from './command-shapes.ts';
import { declareCompiling } from './declare-compiling.ts';
import { declareDrifting } from './declare-drifting.ts';
import { declareLooking } from './declare-looking.ts';
import { declarePromoting } from './declare-promoting.ts';
import { declarePublishing } from './declare-publishing.ts';

export interface Program {
  run(words: readonly string[]): Promise<number>;
  /** For the documentation and the completion. */
  readonly command: Command;
}

/** Names, options and help of every command; what they do is loaded when they are called. */
export function buildProgram(context: CommandContext): Program {
  let code: number = exitCodes.clean;
  const program = new Command('stowage');
  program
    .description('Compiles a fleet description into Kustomize bases, overlays and Argo CD Applications, and proves them.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .showSuggestionAfterError()
    .exitOverride()
    .hook('preAction', (_, called) => refuseEmpty(called))
    .addHelpText(
      'after',
      `\nExamples:\n  stowage init my-fleet\n  stowage compile\n  stowage why prod-eu/fluss/StatefulSet/tablet#spec.replicas\n\nExit codes: 0 clean, 1 problems or differences found, 2 wrong usage, 3 a failure of Stowage or of the outside; 130 when interrupted`,
    );

  const shapes = commandShapes((load) => async (...input) => {
    const action = await load();
    // Commander hands over arguments, options and the command itself.
    code = await action(...(input.slice(0, -1) as never[]), context as never);
  });
  declareCompiling(program, shapes);
  declarePublishing(program, shapes);
  declarePromoting(program, shapes);
  declareDrifting(program, shapes);
  declareLooking(program, shapes);
  shapes
    .common(program.command('schema'))
    .argument('[folder]', 'where to write them; by default .stowage/schemas of the fleet')
    .description('write the JSON Schemas of the language, for editors')
    .addHelpText(
      'after',
      '\nExample:\n  stowage schema\nand in a file: # yaml-language-server: $schema=../../.stowage/schemas/system.json',
    )
    .action(shapes.call(async () => (await import('./schema-command.ts')).schemaCommand as Action));
  program
    .command('completion')
    .argument('<shell>', 'zsh, bash, fish or powershell')
    .description('print the completion script of a shell')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  source <(stowage completion bash)')
    .action(shapes.call(async () => (await import('./completion-command.ts')).completionCommand as Action));

  return {
    command: program,
    run: async (words) => {
      if (words.length === 0) {
        context.err(program.helpInformation());
        return exitCodes.usage;
      }
      if (words[0] === 'complete') return (await import('./completion-command.ts')).completeWords(words, program, context);
      try {
        await program.parseAsync(refused(words, program) ?? [...words], { from: 'user' });
        return code;
      } catch (error) {
        if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
        throw error;
      }
    },
  };
}

/** Of a command that is not there no help is shown: it is refused as it is without asking for help. */
function refused([first, second]: readonly string[], program: Command): [string] | undefined {
  const name = first === 'help' ? second : first;
  const isThere =
    name === undefined || name.startsWith('-') || name === 'help' || program.commands.some((one) => one.name() === name);
  return isThere ? undefined : [name];
}

/** What a script leaves empty by mistake must not stand for what holds where nothing is said. */
function refuseEmpty(called: Command): void {
  const empty = called.options.find((option) => [called.getOptionValue(option.attributeName())].flat().includes(''));
  if (empty === undefined && !called.args.includes('')) return;
  const what = empty === undefined ? 'an argument' : (empty.long ?? empty.flags);
  throw new UsageError(`${what} is empty`, 'is a variable not set? Leave it out, or say what it is');
}
