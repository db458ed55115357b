import { type CommandContext, UsageError } from './command-context.ts';
import type { RollbackOptions } from './promote-options.ts';
import { tellChanges } from './tell-changes.ts';
import { withDesk } from './with-desk.ts';

/** Takes a system of an environment back to what ran there before. */
export async function rollbackCommand(target: string, options: RollbackOptions, context: CommandContext): Promise<number> {
  const [environment = '', system = '', ...more] = target.split('/');
  if (environment === '' || system === '' || more.length > 0)
    throw new UsageError(`\`${target}\` is no <environment>/<system>`, '`stowage rollback prod-eu/flts`');
  return withDesk(options, [], context, async (desk) => {
    const { carryOut } = await import('../promote/carry-out.ts');
    const { lookAroundFor } = await import('./look-around-for.ts');
    const { to, include = [], accept = [], allowDelete = [] } = options;
    const order = { kind: 'rollback' as const, environment, system, to, include, accept, allowDelete };
    const mode = { dryRun: options.dryRun === true, due: false };
    const around = await lookAroundFor({ environment: [environment], system: [system] }, desk);
    return tellChanges([await carryOut(order, desk, mode, around)], 'rollback', options, context);
  });
}
