import { didYouMean } from '../diagnostics/suggest.ts';
import type { Difference } from '../drift/difference.ts';
import { revertCommand } from '../drift/revert-command.ts';
import { revertedOf } from '../drift/revert-keys.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import type { DriftOptions } from './drift-options.ts';
import type { Look } from './look-for-drift.ts';
import { tellChanges } from './tell-changes.ts';
import { withDesk } from './with-desk.ts';

/** Pull requests that declare what is there. */
export async function driftAbsorb({ ledger }: Look, options: DriftOptions, context: CommandContext): Promise<number> {
  const differences = named(ledger.entries, options.absorb ?? []);
  const { reason, dryRun = false, allowDelete = [] } = options;
  const { absorb } = await import('../drift/absorb.ts');
  return withDesk(options, [], context, async (desk) =>
    tellChanges(await absorb(differences, desk, { reason, dryRun, allowDelete }), 'drift', options, context),
  );
}

/** Pull requests that take edits of the repository back; for a cluster, where Git is right already, what puts it back. */
export async function driftRevert(
  fleet: string,
  { ledger, files, argocdNamespace, contexts }: Look,
  options: DriftOptions,
  context: CommandContext,
): Promise<number> {
  const differences = named(ledger.entries, options.revert ?? []);
  const commands = differences
    .filter(({ between }) => between !== 'repository')
    .map((difference) => ({
      id: difference.id,
      command: revertCommand(difference, { argocdNamespace, contextOf: (cluster) => contexts.get(cluster) }) ?? null,
      advice: difference.advice,
    }));
  const { revertRepository } = await import('./revert-repository.ts');
  const { dryRun = false, allowDelete = [], json } = options;
  const published = await revertRepository(fleet, revertedOf(differences, files), { dryRun, allowDelete }, context);
  const blocked = published.results.some(({ outcome }) => outcome === 'blocked');
  const code = blocked || commands.some(({ command }) => command === null) ? exitCodes.problems : exitCodes.clean;
  if (json === true) {
    context.out(`${JSON.stringify({ command: 'drift', ok: code === exitCodes.clean, ...published, commands }, null, 2)}\n`);
    return code;
  }
  if (published.results.length > 0) (await import('./tell-published.ts')).tellPublished(published, fleet, options, context);
  for (const { id, command, advice } of commands) {
    if (command === null) context.err(`nothing puts ${id} back by itself\n  ${context.palette.strong('→')} ${advice}\n`);
    else context.out(`${context.palette.faint(`# ${id}`)}\n${command}\n`);
  }
  return code;
}

function named(entries: Look['ledger']['entries'], ids: readonly string[]): Difference[] {
  const known = entries.map(({ difference }) => difference);
  return ids.map((id) => {
    const found = known.find((one) => one.id === id);
    if (found !== undefined) return found;
    const hint = didYouMean(
      id,
      known.map((one) => one.id),
    );
    throw new UsageError(`there is no difference ${id} now`, hint ?? '`stowage drift` shows the ids of all there are');
  });
}
