import { type Command, Option } from 'commander';
import { type Action, collect, type Shapes } from './command-shapes.ts';

/** Commands that look at clusters that run. */
export function declareDrifting(program: Command, { common, selecting, call }: Shapes): void {
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
    .option('--allow-delete <Kind/name>', 'with --absorb and --revert: let this object be deleted or replaced', collect)
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
  common(program.command('capabilities'))
    .argument('<cluster>', 'the cluster whose facts are written')
    .option('--context <name>', 'the context of the kubeconfig; by default as cluster.yaml says')
    .option('--check', 'write nothing; exit code 1 when cluster.yaml is not as the cluster')
    .description('write the facts of cluster.yaml from the cluster that runs, by the smallest edit')
    .addHelpText('after', '\nExamples:\n  stowage capabilities prod-eu --context prod-eu\n  stowage capabilities prod-eu --check')
    .action(call(async () => (await import('./capabilities-command.ts')).capabilitiesCommand as Action));
}
