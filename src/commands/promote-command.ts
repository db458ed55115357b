import { versionName } from '../language/scalars.ts';
import type { Selected } from '../promote/selected.ts';
import { headRelease } from '../read/sort-inputs.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import type { PromoteOptions } from './promote-options.ts';
import { readStatusFiles } from './read-status-files.ts';
import { tellChanges } from './tell-changes.ts';
import { withDesk } from './with-desk.ts';

/** Carries a system, or all that is due, one wave on. */
export async function promoteCommand(
  system: string | undefined,
  options: PromoteOptions,
  context: CommandContext,
): Promise<number> {
  checkCall(system, options);
  const statusFiles = readStatusFiles(options.statusFile ?? [], context);
  return withDesk(options, statusFiles, context, async (desk) => {
    const mode = { dryRun: options.dryRun === true || options.fields === true, due: options.due === true };
    const { lookAroundFor } = await import('./look-around-for.ts');
    if (options.status === true) {
      const { statusTable } = await import('../promote/status-table.ts');
      const { tellStatus } = await import('./tell-status.ts');
      const asked = selected(system, options);
      const around = await lookAroundFor(asked, desk);
      return tellStatus('refused' in around ? around : await statusTable(asked, around, desk), options, context);
    }
    if (options.all === true) {
      const { promoteAll } = await import('../promote/promote-all.ts');
      const asked = selected(system, options);
      const results = await promoteAll(asked, desk, mode, await lookAroundFor(asked, desk));
      if ('refused' in results)
        return tellChanges(
          [
            {
              key: 'all',
              outcome: 'refused',
              gates: [],
              notes: [],
              reason: results.refused,
              advice: results.advice,
              diagnostics: results.diagnostics,
            },
          ],
          'promote',
          options,
          context,
        );
      return tellChanges(results, 'promote', options, context);
    }
    const { carryOut } = await import('../promote/carry-out.ts');
    const order = {
      kind: 'promote' as const,
      system: system as string,
      to: options.to as string,
      from: options.from,
      include: options.include ?? [],
      release: options.release,
      override: reasonOf(options.override),
      allowDelete: options.allowDelete ?? [],
    };
    const environment = [order.to, ...(order.from === undefined ? [] : [order.from])];
    const around = await lookAroundFor({ environment, system: [order.system] }, desk);
    return tellChanges([await carryOut(order, desk, mode, around)], 'promote', options, context);
  });
}

const longestReason = 500;

export function reasonOf(override: string | undefined): string | undefined {
  if (override === undefined) return undefined;
  if (override.trim().length < 3) throw new UsageError('--override needs a reason, which is kept in the pull request');
  if (override.trim().length > longestReason)
    throw new UsageError(`--override takes a reason of at most ${longestReason} characters`, 'link to what says more');
  return override.trim();
}

function selected(system: string | undefined, { environment, system: systems }: PromoteOptions): Selected {
  return { environment, system: system === undefined ? systems : [system] };
}

function checkCall(system: string | undefined, options: PromoteOptions): void {
  const { all, due, status, to, from, include, release, override, fields, allowDelete } = options;
  if (due === true && all !== true) throw new UsageError('--due goes with --all', '`stowage promote --all --due`');
  if (all === true || status === true) {
    const one = {
      ...{ '--to': to, '--from': from, '--include': include, '--release': release },
      ...{ '--override': override, '--fields': fields, '--allow-delete': allowDelete },
    };
    const given = Object.entries(one).find(([, value]) => value !== undefined);
    if (given !== undefined)
      throw new UsageError(`${given[0]} is about one promotion`, 'leave it out, or name the system and where it goes');
    return;
  }
  const several = options.environment === undefined ? options.system && '-s' : '-e';
  if (several !== undefined)
    throw new UsageError(`${several} chooses among all, and goes with --all or --status`, '`stowage promote flts --to prod-eu`');
  if (release !== undefined && (release === headRelease || !versionName.safeParse(release).success))
    throw new UsageError(`\`${release}\` cannot be the name of a release`, 'letters, digits, `.`, `-` and `_`, such as 2.1.0');
  if (system === undefined || to === undefined)
    throw new UsageError('say what is promoted where to', '`stowage promote flts --to prod-eu`, `--status`, or `--all`');
}
