import { Command, CommanderError, Option } from 'commander';
import { version } from '../build-facts.ts';
import { type CommandContext, exitCodes } from './command-context.ts';

type Action = (...input: never[]) => Promise<number>;

export interface Program {
  run(words: readonly string[]): Promise<number>;
  /** For the documentation and the completion. */
  readonly command: Command;
}

/** An option that may be given again; one that takes several words at once would swallow an argument behind it. */
function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

/** Names, options and help of every command; what they do is loaded when they are called. */
export function buildProgram(context: CommandContext): Program {
  let code: number = exitCodes.clean;
  const program = new Command('stowage');
  const call =
    (load: () => Promise<Action>) =>
    async (...input: unknown[]) => {
      const action = await load();
      // Commander hands over arguments, options and the command itself.
      code = await action(...(input.slice(0, -1) as never[]), context as never);
    };
  program
    .description('Compiles a fleet description into Kustomize bases, overlays and Argo CD Applications, and proves them.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      `\nExamples:\n  stowage init my-fleet\n  stowage compile\n  stowage why prod-eu/fluss/StatefulSet/tablet#spec.replicas\n\nExit codes: 0 clean, 1 problems or differences, 2 wrong usage, 3 a failure of ours or of the outside`,
    );

  const printing = (command: Command) =>
    command.option('--json', 'print the result as JSON').option('-q, --quiet', 'print problems only');
  const common = (command: Command) =>
    printing(command.option('--fleet <folder>', 'the folder with stowage.yaml; by default the nearest one around here'));
  const selecting = (command: Command) =>
    common(command)
      .option('-e, --environment <name>', 'only this environment; may be given again', collect)
      .option('-s, --system <name>', 'only this system; may be given again', collect);

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
  selecting(program.command('seal'))
    .argument('[secret]', 'a secret, or one of its keys as secret/key; left out, all that is missing')
    .description('fill, keep and rotate sealed secrets; asks for values on the terminal unless told where they are')
    .option('--from-env-file <path>', 'take values from lines NAME=value; a name is a key, or secret/key', collect)
    .option('--from-file <key=path>', 'take the value of a key from a file', collect)
    .option('--stdin', 'take the value of one key from standard input')
    .option('--generate', 'make values for missing keys that say how')
    .option('--rotate', 'make new values for generated keys, and say which workloads will restart')
    .option('--rotate-certificate', "encrypt for the cluster's current certificate what was sealed for another")
    .option('--private-key <path>', "the controller's private keys, as PEM or as kubectl prints their Secrets", collect)
    .option('--status', 'show what is sealed, missing, or would not unseal; write nothing')
    .option('--fetch-cert', 'fetch the certificates of the controllers that run')
    .option('--context <name>', 'with --fetch-cert: the context of the kubeconfig to use')
    .addHelpText(
      'after',
      '\nExamples:\n  stowage seal -e prod-eu -s flts postgres-credentials/password\n  stowage seal -e prod-eu -s flts --from-env-file /dev/stdin < <(pass show flts/prod-eu)\n  stowage seal -e dev --generate\n  stowage seal -e prod-eu --rotate-certificate --private-key keys.yaml\n  stowage seal --status',
    )
    .action(call(async () => (await import('./seal-command.ts')).sealCommand as Action));
  selecting(program.command('publish'))
    .description('offer what is compiled to the config repository, as pull requests')
    .addOption(
      new Option('--group <what>', 'what one pull request is about; by default as stowage.yaml says, else system').choices([
        'system',
        'environment',
        'all',
      ]),
    )
    .option('--draft', 'open pull requests as drafts')
    .option('--purpose <word>', 'keep these pull requests apart from those of other purposes', 'compile')
    .option('--allow-delete <Kind/name>', 'let this object be deleted or replaced; may be given again', collect)
    .option('--overwrite <path>', 'replace or remove this file of the config repository although it was edited there', collect)
    .option('--supersede <commit>', 'replace what was published from these inputs although ours do not contain them', collect)
    .option('--dry-run', 'say what would be done, and do nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  stowage publish --dry-run\n  stowage publish -e staging\n  stowage publish --group environment\n  stowage publish --allow-delete PersistentVolumeClaim/minio-data',
    )
    .action(call(async () => (await import('./publish-command.ts')).publishCommand as Action));
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
      'what Argo CD says, as `kubectl get applications -o json` prints it; may be given again',
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
      '\nExamples:\n  stowage bump thunderline web=ghcr.io/example/web:2.1.1 --resolve\n  stowage bump thunderline web=ghcr.io/example/web:2.1.1@sha256:… -e dev',
    )
    .action(call(async () => (await import('./bump-command.ts')).bumpCommand as Action));
  selecting(program.command('drift'))
    .argument('[action]', 'accept: write down who answers for a difference, why, and until when')
    .argument('[id...]', 'the differences; one that ends in * is all that begin so')
    .option('--cluster <name>', 'only this cluster; may be given again', collect)
    .option('--context <name>', 'the context of the kubeconfig; by default as cluster.yaml says')
    .option('--between <what>', 'only repository, cluster or environments; may be given again', collect)
    .option(
      '--fail-on <word>',
      'what fails a run: a kind of difference, environments, accepted, none; may be given again',
      collect,
    )
    .addOption(new Option('--markdown', 'print the ledger as Markdown').conflicts(['json', 'quiet']))
    .option('--sarif <file>', 'write the ledger as SARIF, too')
    .option('--metrics <file>', 'write metrics for Prometheus, too')
    .option('--issue', 'keep one issue for each cluster on the host of the config repository')
    .option('--absorb <id>', 'offer to declare what is there, by pull request; may be given again', collect)
    .option('--revert <id>', 'offer to put back what is declared; may be given again', collect)
    .option('--dry-run', 'with --absorb and --revert: show what would be done, exactly, and do nothing')
    .option('--reason <text>', 'with accept and --absorb: why')
    .option('--owner <who>', 'with accept: who answers for it')
    .option('--until <day>', 'with accept: the last day on which it holds, such as 2026-12-31')
    .description('show what is not as it is meant: repository, clusters and environments, and who changed it')
    .addHelpText(
      'after',
      "\nExamples:\n  stowage drift\n  stowage drift --cluster prod-eu --fail-on environments\n  stowage drift --between repository\n  stowage drift accept 'cluster:dev/fluss/*' --reason 'load test' --owner team-data --until 2026-12-31\n  stowage drift --absorb cluster:dev/fluss/Deployment/web#spec.replicas --dry-run\n\nExits with 3 when something could not be seen, whatever else was found.",
    )
    .action(call(async () => (await import('./drift-command.ts')).driftCommand as Action));
  common(program.command('pr'))
    .argument('<action>', 'list, show, approve, merge, close or comment')
    .argument('[number]', 'which one; not for list')
    .option('--all', 'list those that are merged or closed, too')
    .addOption(new Option('--method <how>', 'how to merge').choices(['merge', 'squash', 'rebase']).default('merge'))
    .option('--when-ready', 'with merge: leave it to the host, which merges once its rules are kept, or takes it into its queue')
    .option('--marker <word>', 'with comment: which comment is replaced by what standard input says', 'comment')
    .addOption(new Option('--host <host>', 'ask another host than the one in stowage.yaml').choices(['local', 'github', 'gitea']))
    .option('--repository <address>', 'the repository on that host')
    .option('--api <url>', 'its API, where that does not follow from the address')
    .description(
      'list, show, approve, merge, close and comment pull requests, of the embedded host or of the one in stowage.yaml',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  stowage pr list\n  stowage pr show 3\n  stowage pr approve 3\n  stowage pr merge 3\n  stowage pr close 3\n  stowage plan --markdown | stowage pr comment 3 --marker plan',
    )
    .action(call(async () => (await import('./pr-command.ts')).prCommand as Action));
  common(program.command('capabilities'))
    .argument('<cluster>', 'the cluster whose facts are written')
    .option('--context <name>', 'the context of the kubeconfig; by default as cluster.yaml says')
    .option('--check', 'write nothing; exit code 1 when cluster.yaml is not as the cluster')
    .description('write the facts of cluster.yaml from the cluster that runs, by the smallest edit')
    .addHelpText('after', '\nExamples:\n  stowage capabilities prod-eu --context prod-eu\n  stowage capabilities prod-eu --check')
    .action(call(async () => (await import('./capabilities-command.ts')).capabilitiesCommand as Action));
  common(program.command('schema'))
    .argument('[folder]', 'where to write them; by default .stowage/schemas of the fleet')
    .description('write the JSON Schemas of the language, for editors')
    .addHelpText(
      'after',
      '\nExample:\n  stowage schema\nand in a file: # yaml-language-server: $schema=../../.stowage/schemas/system.json',
    )
    .action(call(async () => (await import('./schema-command.ts')).schemaCommand as Action));
  common(program.command('release'))
    .argument('<system>', 'the System whose head is frozen')
    .argument('<version>', 'the name of the release')
    .description('freeze the head of a System as a release that never changes')
    .addHelpText('after', '\nExample:\n  stowage release thunderline 2.1.0')
    .action(call(async () => (await import('./release-command.ts')).releaseCommand as Action));
  program
    .command('completion')
    .argument('<shell>', 'zsh, bash, fish or powershell')
    .description('print the completion script of a shell')
    .addHelpText('after', '\nExample:\n  source <(stowage completion bash)')
    .action(() => undefined);

  return {
    command: program,
    run: async (words) => {
      if (words.length === 0) {
        context.err(program.helpInformation());
        return exitCodes.usage;
      }
      if (words[0] === 'completion' || words[0] === 'complete')
        return (await import('./completion-command.ts')).completionCommand(words, program, context);
      try {
        await program.parseAsync([...words], { from: 'user' });
        return code;
      } catch (error) {
        if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
        throw error;
      }
    },
  };
}
