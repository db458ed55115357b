import type { Forge, PullRequest } from '../forge/forge.ts';
import { runGit, textOf } from '../git/run-git.ts';
import { type CommandContext, type CommonOptions, exitCodes, UsageError } from './command-context.ts';

/** Says yes to what a pull request offers now, as the person that git knows. */
export async function approve(
  pull: PullRequest,
  forge: Forge,
  fleet: string,
  options: CommonOptions,
  context: CommandContext,
): Promise<number> {
  const by = await ownAddress(fleet, context);
  const { number, head } = pull;
  await forge.approve?.(number, by, head.sha);
  if (options.json === true) context.out(`${JSON.stringify({ command: 'pr', approved: number, by, sha: head.sha }, null, 2)}\n`);
  else if (options.quiet !== true) context.out(`approved #${number} at ${head.sha.slice(0, 12)} as ${by}\n`);
  return exitCodes.clean;
}

/** Only what somebody has set: an address that git makes up of the names of account and machine is nobody's. */
async function ownAddress(fleet: string, { environment, signal }: CommandContext): Promise<string> {
  const { code, out } = await runGit(['config', '--get', 'user.email'], { in: fleet, environment, signal });
  const address = textOf(out).trim();
  if (code !== 0 || address === '')
    throw new UsageError('git does not know as whom to approve', '`git config --global user.email <address>` tells it');
  return address;
}
