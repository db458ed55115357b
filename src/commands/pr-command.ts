import type { Forge, MergeRequest, PullRequest } from '../forge/forge.ts';
import { isMade } from '../forge/open-local.ts';
import { gateContext } from '../promote/merge-gates.ts';
import { Failure } from '../store/fail.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import type { CommentOptions } from './pr-comment.ts';
import { askedHost, openHost } from './pr-host.ts';
import { printable } from './printable.ts';
import { pullRequestActions } from './pull-request-actions.ts';
import { pullToJson } from './pull-to-json.ts';

export interface PrOptions extends CommentOptions {
  readonly all?: boolean;
  readonly method: MergeRequest['method'];
  readonly whenReady?: boolean;
}

export async function prCommand(
  action: string,
  number: string | undefined,
  options: PrOptions,
  context: CommandContext,
): Promise<number> {
  if (!pullRequestActions.includes(action)) throw new UsageError(`\`${action}\` is none of ${pullRequestActions.join(', ')}`);
  if (action === 'list' && number !== undefined) throw new UsageError('`pr list` takes no number');
  if (action !== 'list' && !/^[1-9]\d{0,8}$/.test(number ?? ''))
    throw new UsageError(`\`pr ${action}\` needs the number of a pull request`, '`stowage pr list` shows them');
  if (options.whenReady === true && action !== 'merge') throw new UsageError(`--when-ready has no meaning with \`pr ${action}\``);
  const settings = await askedHost(options, context);
  if (settings.host === 'local' && !isMade(settings.repository)) {
    if (action === 'list') return tellList([], options, context);
    throw new UsageError(`there is no pull request ${number}: nothing was published yet`, '`stowage publish` does');
  }
  const forge = await openHost(settings, context);
  if (action === 'list') return tellList(await forge.list(options.all === true ? 'all' : 'open'), options, context);
  if (action === 'comment') return (await import('./pr-comment.ts')).commentOn(Number(number), forge, options, context);
  const pull = await forge.get(Number(number));
  if (pull === undefined) throw new UsageError(`there is no pull request ${number}`, '`stowage pr list --all` shows them');
  if (action === 'show') return (await import('./pr-show.ts')).showOne(pull, forge, options, context);
  if (action === 'reopen') return reopen(pull, forge, options, context);
  if (pull.state !== 'open') throw new UsageError(`pull request ${pull.number} is ${pull.state} already`);
  if (action === 'approve') {
    if (forge.approve === undefined)
      throw new UsageError(
        `on ${forge.name} people approve on the page of the pull request`,
        pull.url ?? 'open it there, look at what it changes, and approve it',
      );
    return (await import('./pr-approve.ts')).approve(pull, forge, fleetFolder(options, context), options, context);
  }
  if (options.whenReady === true) return leaveToHost(pull, forge, options, context);
  if (action === 'merge' && settings.host === 'local') await checkGates(pull, forge);
  const request = { sha: pull.head.sha, method: options.method };
  return tellDone(
    action === 'merge' ? await forge.merge(pull.number, request) : await forge.close(pull.number),
    options,
    context,
  );
}

async function reopen(pull: PullRequest, forge: Forge, options: PrOptions, context: CommandContext): Promise<number> {
  if (forge.reopen === undefined)
    throw new UsageError(
      `on ${forge.name} people reopen on the page of the pull request`,
      pull.url ?? 'open it there, and reopen it',
    );
  if (pull.state !== 'closed')
    throw new UsageError(`pull request ${pull.number} is ${pull.state}; what is reopened is one that was closed`);
  return tellDone(await forge.reopen(pull.number), options, context);
}

/** The embedded host demands of promotions what others can be told to demand. */
async function checkGates(pull: PullRequest, forge: Forge): Promise<void> {
  const gates = (await forge.statuses(pull.head.sha)).find(({ context }) => context === gateContext);
  if (gates === undefined || gates.state === 'success') return;
  throw new Failure(
    `pull request ${pull.number} waits: ${printable(gates.description)}`,
    'when that has changed, promote again: it looks at the gates anew; or go on with `stowage promote … --override "<why>"`',
  );
}

/** Its rules may ask for reviews and checks first, or for a place in a queue. */
async function leaveToHost(pull: PullRequest, forge: Forge, options: PrOptions, { out }: CommandContext): Promise<number> {
  if (forge.mergeWhenReady === undefined)
    throw new UsageError(`${forge.name} has nothing to wait for`, 'leave out --when-ready: it merges at once');
  const outcome = await forge.mergeWhenReady(pull.number, { sha: pull.head.sha, method: options.method });
  if (options.json === true) out(`${JSON.stringify({ command: 'pr', outcome, pullRequest: pullToJson(pull) }, null, 2)}\n`);
  else if (options.quiet !== true) out(`${outcome} #${pull.number} ${printable(pull.title)}\n`);
  return exitCodes.clean;
}

function tellList(pulls: readonly PullRequest[], options: PrOptions, { out, palette }: CommandContext): number {
  if (options.json === true) out(`${JSON.stringify({ command: 'pr', pullRequests: pulls.map(pullToJson) }, null, 2)}\n`);
  else if (pulls.length === 0) out('there are no open pull requests\n');
  else
    for (const pull of pulls)
      out(
        `${palette.strong(`#${pull.number}`)} ${pull.draft ? 'draft' : pull.state} ${printable(pull.title)} ${palette.faint(pull.head.branch)}\n`,
      );
  return exitCodes.clean;
}

function tellDone(pull: PullRequest, options: PrOptions, { out }: CommandContext): number {
  if (options.json === true) out(`${JSON.stringify({ command: 'pr', pullRequest: pullToJson(pull) }, null, 2)}\n`);
  else if (options.quiet !== true) out(`${pull.state} #${pull.number} ${printable(pull.title)}\n`);
  return exitCodes.clean;
}
