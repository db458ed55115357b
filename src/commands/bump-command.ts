import { type Bump, parseBumps } from '../promote/parse-bump.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { reasonOf } from './promote-command.ts';
import type { BumpOptions } from './promote-options.ts';
import { tellChanges } from './tell-changes.ts';
import { withDesk } from './with-desk.ts';

/** New images in a System's head, or in one environment. */
export async function bumpCommand(
  system: string,
  images: readonly string[],
  options: BumpOptions,
  context: CommandContext,
): Promise<number> {
  const [environment, ...more] = options.environment ?? [];
  if (more.length > 0)
    throw new UsageError('a bump is about one environment, or about the head', 'bump them one after the other');
  const parsed = parseBumps(images, { resolve: options.resolve === true });
  if ('problem' in parsed) throw new UsageError(parsed.problem, parsed.hint);
  const bumps = options.resolve === true ? await resolved(parsed, context) : parsed;
  return withDesk(options, [], context, async (desk) => {
    const { carryOut } = await import('../promote/carry-out.ts');
    const { lookAroundFor } = await import('./look-around-for.ts');
    const { allowDelete = [] } = options;
    const order = { kind: 'bump' as const, system, environment, bumps, override: reasonOf(options.override), allowDelete };
    const mode = { dryRun: options.dryRun === true, due: false };
    const around = await lookAroundFor({ environment: options.environment, system: [system] }, desk);
    return tellChanges([await carryOut(order, desk, mode, around)], 'bump', options, context);
  });
}

async function resolved(bumps: readonly Bump[], { environment, signal }: CommandContext): Promise<Bump[]> {
  const { resolveDigest } = await import('../registry/resolve-digest.ts');
  return Promise.all(
    bumps.map(async (bump) => {
      const { digest } = await resolveDigest(bump.reference, { environment, signal });
      return { ...bump, reference: { ...bump.reference, digest } };
    }),
  );
}
