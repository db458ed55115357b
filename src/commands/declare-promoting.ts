import type { Command } from 'commander';
import { type Action, collect, type Shapes } from './command-shapes.ts';

/** Commands that change the description from one environment to the next. */
export function declarePromoting(program: Command, { common, selecting, call }: Shapes): void {
  const changing = (command: Command) =>
    command
      .option('--allow-delete <Kind/name>', 'let this object be deleted or replaced; may be given again', collect)
      .option('--dry-run', 'show what would be done, exactly, and do nothing');
  changing(selecting(program.command('promote')))
    .argument('[system]', 'the system that is promoted')
    .option('--to <environment>', 'where to')
    .option('--from <environment>', 'where from; by default the wave before')
    .option('--include <field>', 'take along a field that is held, such as parameters.epochs; may be given again', collect)
    .option('--release <version>', 'what a head that is frozen on the way is called; by default the next version')
    .option('--fields', 'show every field that differs, and why it goes along or stays; do nothing')
    .option('--status', 'show the pipelines: what runs where since when, and what waits for what')
    .option('--all', 'promote everything that a pipeline leads on')
    .option('--due', 'with --all, for schedulers: what waits is no problem, and what may be merged without a person is')
    .option(
      '--status-file <path>',
      'what Argo CD says, as `kubectl get applications.argoproj.io -A -o json` prints it; may be given again',
      collect,
    )
    .option('--override <reason>', 'go on in spite of gates; the reason is kept in the pull request')
    .description('carry what runs in one environment to the next, by pull request: the release, images and what is declared so')
    .addHelpText(
      'after',
      '\nExamples:\n  stowage promote flts --to prod-eu --dry-run\n  stowage promote flts --to prod-eu --include parameters.epochs\n  stowage promote flts --to prod-eu --fields\n  stowage promote --status\n  stowage promote --all --due',
    )
    .action(call(async () => (await import('./promote-command.ts')).promoteCommand as Action));
  changing(common(program.command('rollback')))
    .argument('<target>', '<environment>/<system>')
    .option('--to <release|commit>', 'what to go back to; by default what ran before')
    .option('--include <field>', 'take back a field that is held, too; may be given again', collect)
    .option(
      '--accept <name>',
      'a change of data that cannot be taken back and that somebody has seen to; may be given again',
      collect,
    )
    .description('take a system of an environment back to what ran there before, by pull request')
    .addHelpText('after', '\nExamples:\n  stowage rollback prod-eu/flts\n  stowage rollback prod-eu/flts --to 1.0.0 --dry-run')
    .action(call(async () => (await import('./rollback-command.ts')).rollbackCommand as Action));
  changing(common(program.command('bump')))
    .argument('<system>', 'the System whose images change')
    .argument('<component=image...>', 'a component, or component/container, and its image with a digest')
    .option('-e, --environment <name>', 'in this environment instead of the head', collect)
    .option('--resolve', 'ask the registry for the digest of a tag')
    .option('--override <reason>', 'go on in spite of gates; the reason is kept in the pull request')
    .description('set images of a System, pinned by digest, by pull request')
    .addHelpText(
      'after',
      '\nExamples:\n  stowage bump thunderline migrate=ghcr.io/example/app:2.1.1 --resolve\n  stowage bump thunderline migrate=ghcr.io/example/app:2.1.1@sha256:… -e dev',
    )
    .action(call(async () => (await import('./bump-command.ts')).bumpCommand as Action));
  common(program.command('release'))
    .argument('<system>', 'the System whose head is frozen')
    .argument('<version>', 'the name of the release')
    .description('freeze the head of a System as a release that never changes')
    .addHelpText('after', '\nExample:\n  stowage release thunderline 2.1.0')
    .action(call(async () => (await import('./release-command.ts')).releaseCommand as Action));
}
