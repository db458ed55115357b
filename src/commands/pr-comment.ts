import { text } from 'node:stream/consumers';
import type { Forge } from '../forge/forge.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import type { HostOptions } from './pr-host.ts';

export interface CommentOptions extends HostOptions {
  readonly marker?: string;
}

/** Keeps one comment at what standard input says; which one it is, is told by a mark that nobody sees. */
export async function commentOn(number: number, forge: Forge, options: CommentOptions, context: CommandContext): Promise<number> {
  const { marker = 'comment' } = options;
  if (!/^[a-z0-9]([-a-z0-9/.]*[a-z0-9])?$/.test(marker))
    throw new UsageError(`--marker ${marker}: a marker is lower-case letters, digits and \`-/.\``);
  const said = await text(process.stdin);
  if (said.trim() === '') throw new UsageError('there is nothing on standard input to be said');
  await forge.comment(number, marker, said);
  if (options.json === true) context.out(`${JSON.stringify({ command: 'pr', commented: number }, null, 2)}\n`);
  else if (options.quiet !== true) context.out(`said on #${number}\n`);
  return exitCodes.clean;
}
