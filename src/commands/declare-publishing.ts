import { type Command, Option } from 'commander';
import { type Action, collect, type Shapes } from './command-shapes.ts';

/** Commands that carry what is compiled to where others see it. */
export function declarePublishing(program: Command, { common, selecting, call }: Shapes): void {
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
    .option('--fetch-cert', 'fetch the certificate of the controller that runs')
    .option('--context <name>', 'with --fetch-cert: the context of the kubeconfig; by default as cluster.yaml says')
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
  common(program.command('pr'))
    .argument('<action>', 'list, show, approve, merge, close, reopen or comment')
    .argument('[number]', 'which one; not for list')
    .option('--all', 'list those that are merged or closed, too')
    .addOption(new Option('--method <how>', 'how to merge').choices(['merge', 'squash', 'rebase']).default('merge'))
    .option('--when-ready', 'with merge: leave it to the host, which merges once its rules are kept, or takes it into its queue')
    .option('--marker <word>', 'with comment: which comment is replaced by what standard input says', 'comment')
    .addOption(new Option('--host <host>', 'ask another host than the one in stowage.yaml').choices(['local', 'github', 'gitea']))
    .option('--repository <address>', 'the repository on that host')
    .option('--api <url>', 'its API, where that does not follow from the address')
    .description(
      'list, show, approve, merge, close, reopen and comment pull requests, of the embedded host or of the one in stowage.yaml',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  stowage pr list\n  stowage pr show 3\n  stowage pr approve 3\n  stowage pr merge 3\n  stowage pr close 3\n  stowage pr reopen 3\n  stowage plan --markdown | stowage pr comment 3 --marker plan',
    )
    .action(call(async () => (await import('./pr-command.ts')).prCommand as Action));
}
