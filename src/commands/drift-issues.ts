import type { Ledger, LedgerEntry } from '../drift/ledger.ts';
import { type TrackedDrift, trackDrift } from '../drift/track-drift.ts';
import { Failure } from '../store/fail.ts';
import type { CommandContext } from './command-context.ts';
import type { DriftOptions } from './drift-options.ts';
import { askedHost, openHost } from './pr-host.ts';

const deeds: Readonly<Record<TrackedDrift['deed'], string>> = {
  open: 'opened',
  update: 'updated',
  close: 'closed',
  reopen: 'reopened',
  nothing: 'left as it is',
};

/** Keeps an issue for each cluster on the host of the config repository. */
export async function driftIssues(
  ledger: Ledger,
  failing: readonly LedgerEntry[],
  options: DriftOptions,
  context: CommandContext,
): Promise<void> {
  const { json, quiet, fleet } = options;
  const forge = await openHost(await askedHost({ ...(fleet !== undefined && { fleet }) }, context), context);
  if (forge.issues === undefined) throw new Failure(`${forge.name} keeps no issues`);
  const tracked = await trackDrift(forge.issues, ledger, failing);
  if (json === true || quiet === true) return;
  for (const { cluster, deed, issue } of tracked)
    if (issue !== undefined)
      context.err(`issue #${issue.number} of ${cluster}: ${deeds[deed]}${issue.url === undefined ? '' : ` (${issue.url})`}\n`);
}
