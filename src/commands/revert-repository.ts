import { hasErrors } from '../diagnostics/diagnostic.ts';
import { type Reverted, revertKeys } from '../drift/revert-keys.ts';
import { type RevertOptions, revertOwn, revertPurpose } from '../drift/revert-own.ts';
import { fleetCommit } from '../git/fleet-commit.ts';
import { ownFiles } from '../publish/own-files.ts';
import type { PublishResult } from '../publish/result.ts';
import { Failure } from '../store/fail.ts';
import { isEmpty } from '../store/plan-writes.ts';
import { checkFleet } from './check-fleet.ts';
import type { CommandContext } from './command-context.ts';
import { openDesk } from './promotion-desk.ts';
import { publishFleet, settingsOf } from './publish-fleet.ts';

/** Pull requests that make the repository what the description compiles to again, with the edits that are named given up. */
export async function revertRepository(
  fleet: string,
  reverted: readonly Reverted[],
  options: RevertOptions,
  context: CommandContext,
): Promise<PublishResult> {
  if (reverted.length === 0) return { results: [], waiting: [] };
  const commit = await fleetCommit(fleet, ['stowage.yaml'], context.signal);
  if (ownFiles(fleet, settingsOf(fleet), commit) !== undefined) {
    const { desk, close } = await openDesk(fleet, [], context);
    try {
      return await revertOwn(reverted, desk, options);
    } finally {
      close();
    }
  }
  const compiled = await checkFleet(fleet, context);
  const isStale = compiled.plan === undefined || !isEmpty(compiled.plan) || compiled.mismatches.length > 0;
  if (hasErrors(compiled.diagnostics) || isStale)
    throw new Failure(
      'the generated files here are not what the description says, and what is taken back would be made from them',
      'run `stowage compile`, and look at what it says',
    );
  const { dryRun, allowDelete = [] } = options;
  const overwrite = reverted.flatMap(({ files }) => files);
  const publishing = { purpose: revertPurpose, group: 'system', overwrite, dryRun, allowDelete } as const;
  return publishFleet(fleet, compiled, publishing, context, (sets) => revertKeys(reverted, sets));
}
