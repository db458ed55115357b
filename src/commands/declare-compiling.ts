import { type Command, Option } from 'commander';
import type { Action, Shapes } from './command-shapes.ts';

/** Commands that compile a description and look into it. */
export function declareCompiling(program: Command, { printing, common, selecting, call }: Shapes): void {
  printing(program.command('init'))
    .argument('[folder]', 'where to start the fleet', '.')
    .description('start a fleet: one small system on one cluster; or add to one what its repository needs')
    .option('--github', 'write workflows for GitHub Actions: check pull requests, publish what is merged, promote what is due')
    .option('--gitea', 'the same for Gitea Actions')
    .option('--action <owner/repository@commit>', 'where the workflows find Stowage')
    .option('--argo-workflows', 'write a CronWorkflow for Argo Workflows that promotes what is due')
    .option('--image <reference>', 'the image that it runs: Stowage, git and a shell, with a tag or a digest')
    .option('--merge-driver', 'tell this clone to merge generated files without conflicts')
    .addHelpText(
      'after',
      '\nExamples:\n  stowage init my-fleet && cd my-fleet && stowage compile\n  stowage init --github --action tools/stowage@0123456789012345678901234567890123456789\n  stowage init --merge-driver',
    )
    .action(call(async () => (await import('./init-command.ts')).initCommand as Action));
  selecting(program.command('compile'))
    .description('compile the fleet, prove it with the real kustomize, and write what differs')
    .option('--check', 'write nothing; exit code 1 when the generated files are not up to date')
    .option('--strict', 'take every warning for an error, such as a secret of a protected stage that is not sealed')
    .option('--no-verify', 'do not build the overlays with kustomize')
    .option('--overwrite <path...>', 'replace or remove these files although they were edited by hand or are not ours')
    .addOption(
      new Option(
        '--what-if <kubernetes=version>',
        'write nothing; say what would become of the fleet if its clusters ran that version',
      ).conflicts(['check', 'overwrite', 'strict']),
    )
    .addOption(
      new Option('--merge-driver <files...>', 'for git: merge a generated file by keeping ours; takes %O %A %B %P').conflicts([
        'check',
        'overwrite',
        'strict',
        'whatIf',
      ]),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  stowage compile\n  stowage compile -e prod-eu -s fluss\n  stowage compile --check --json\n  stowage compile --check --strict\n  stowage compile --what-if kubernetes=1.36 -e prod-eu',
    )
    .action(call(async () => (await import('./compile-command.ts')).compileCommand as Action));
  selecting(program.command('verify'))
    .description('build every overlay with kustomize again, whatever was proven before; write nothing')
    .addHelpText('after', '\nExamples:\n  stowage verify\n  stowage verify -e prod-eu')
    .action(call(async () => (await import('./compile-command.ts')).verifyCommand as Action));
  selecting(program.command('plan'))
    .description('show what would change in the rendered objects between two states, hazards first; write nothing')
    .option('--from <state>', 'worktree, published, or a commit; by default the last commit')
    .option('--to <state>', 'the same; by default worktree')
    .addOption(
      new Option('--release <system=one..other>', 'compare two releases of a System, wherever it runs').conflicts(['from', 'to']),
    )
    .addOption(
      new Option('--environments <one..other>', 'compare two environments').conflicts(['from', 'to', 'release', 'environment']),
    )
    .addOption(
      new Option('--what-if <kubernetes=version>', 'compare with clusters that run that version').conflicts([
        'from',
        'to',
        'release',
        'environments',
      ]),
    )
    .addOption(new Option('--markdown', 'print the plan for the body of a pull request').conflicts(['json', 'quiet']))
    .addHelpText(
      'after',
      '\nExamples:\n  stowage plan\n  stowage plan --from main -e prod-eu\n  stowage plan --from published\n  stowage plan --release flts=1.0.0..head -e prod-eu\n  stowage plan --environments staging..prod-eu -s flts\n\nExits with 0 when nothing changes and with 1 when something does.',
    )
    .action(call(async () => (await import('./plan-command.ts')).planCommand as Action));
  common(program.command('why'))
    .argument('<target>', '<environment>/<system>/<Kind>/<name>#<field>')
    .description('show a value, the line of the description that won, and what it beat')
    .addHelpText(
      'after',
      "\nExamples:\n  stowage why prod-eu/fluss/StatefulSet/tablet#spec.replicas\n  stowage why dev/thunderline/ConfigMap/thunderline-env#data.LOG_LEVEL\n  stowage why 'dev/thunderline/Deployment/thunderline-web#spec.template.spec.containers[web].image'",
    )
    .action(call(async () => (await import('./why-command.ts')).whyCommand as Action));
  selecting(program.command('footprint'))
    .description('sum what is requested, at minimum and maximum scale, against budgets and the capacity of clusters')
    .addHelpText('after', '\nExamples:\n  stowage footprint\n  stowage footprint -e dev -s fluss\n  stowage footprint --json')
    .action(call(async () => (await import('./footprint-command.ts')).footprintCommand as Action));
  common(program.command('graph'))
    .argument('<target>', '<environment>/<system>')
    .addOption(new Option('--format <format>', 'how it is written').choices(['mermaid', 'dot', 'json']).default('mermaid'))
    .description('draw who depends on whom in a system: what waits, what may reach what, what is off or outside')
    .addHelpText(
      'after',
      '\nExamples:\n  stowage graph prod-eu/fluss\n  stowage graph dev/thunderline --format dot | dot -Tsvg > graph.svg',
    )
    .action(call(async () => (await import('./graph-command.ts')).graphCommand as Action));
}
