import type { Command } from 'commander';
import { type Action, collect, type Shapes } from './command-shapes.ts';

/** Commands for who would rather look than read. */
export function declareLooking(program: Command, { common, selecting, call }: Shapes): void {
  const looking = (command: Command) =>
    command
      .option('--from <state>', 'what changes are counted from: a commit, or published; by default the last commit')
      .option('--drift <file>', 'what `stowage drift --json` printed, or a folder of such files; may be given again', collect)
      .option(
        '--status-file <path>',
        'what Argo CD says, as `kubectl get applications.argoproj.io -A -o json` prints it; may be given again',
        collect,
      )
      .option('--offline', 'ask neither hosts nor Argo CD what promotions wait for');
  looking(selecting(program.command('report')))
    .option('-o, --output <file>', 'where it is written, - for standard output; by default stowage-report.html')
    .description('write one page that shows what runs where, what would change and why; it needs no network')
    .addHelpText(
      'after',
      '\nExamples:\n  stowage report\n  stowage report --from published --drift runs/ -o fleet.html\n  stowage report -e prod-eu --offline',
    )
    .action(call(async () => (await import('./report-command.ts')).reportCommand as Action));
  looking(common(program.command('dev')))
    .option('--port <number>', 'where it listens, on this machine only; by default 7340, or the next that is free')
    .description('show the same page live: what is saved is compiled and shown at once, problems in place')
    .addHelpText('after', '\nExamples:\n  stowage dev\n  stowage dev --port 0 --offline')
    .action(call(async () => (await import('./dev-command.ts')).devCommand as Action));
}
