import { relative } from 'node:path';
import type { KeyResult, PublishResult } from '../publish/result.ts';
import { type CommandContext, plural } from './command-context.ts';
import type { PublishOptions } from './publish-options.ts';

/** What became of each pull request. */
export function tellPublished(
  { results, waiting }: PublishResult,
  fleet: string,
  options: Pick<PublishOptions, 'quiet' | 'dryRun'>,
  { out, err, palette }: CommandContext,
): void {
  for (const result of results) {
    if (result.outcome !== 'blocked') continue;
    err(
      `${palette.error('blocked')} ${palette.strong(result.key)}: ${result.reason}\n  ${palette.strong('→')} ${result.advice}\n`,
    );
  }
  for (const { key, notes = [] } of results) for (const note of notes) err(`${palette.warning('note')} ${key}: ${note}\n`);
  if (options.quiet === true) return;
  const done = results.filter(({ outcome }) => outcome !== 'blocked');
  for (const result of done) out(`${line(result, fleet)}\n`);
  const count = (outcome: KeyResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const counts = (['opened', 'updated', 'closed', 'unchanged', 'blocked'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${count(outcome)} ${outcome}`);
  const would = options.dryRun === true ? ' (nothing was done: a dry run)' : '';
  out(
    results.length === 0
      ? 'the config repository holds what the fleet describes\n'
      : `${palette.strong(plural(results.length, 'change'))}: ${counts.join(', ')}${would}\n`,
  );
  if (waiting.length > 0)
    out(
      `${plural(waiting.length, 'file')} that others still use will follow when these are merged: ${waiting.slice(0, 3).join(', ')}${waiting.length > 3 ? ', …' : ''}\n`,
    );
}

function line({ outcome, key, files, pullRequest }: KeyResult, fleet: string): string {
  const url = pullRequest?.url === undefined ? '' : ` ${relative(fleet, pullRequest.url) === '' ? '' : pullRequest.url}`;
  const number = pullRequest === undefined ? '' : ` #${pullRequest.number}`;
  const about = files.length === 0 ? '' : `: ${plural(files.length, 'file')}`;
  return `  ${outcome.padEnd(9)} ${key}${number}${about}${url}`;
}
