import type { Description } from '../promote/description.ts';
import type { StatusFile } from '../promote/read-status-file.ts';
import type { PromotionStatus } from '../report/promotion-part.ts';
import { Failure } from '../store/fail.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './command-context.ts';
import type { LookOptions } from './report-options.ts';

/** What gates and pull requests say. Who cannot be asked stands in the way of nothing else: the page says why. */
export async function promotionStatus(
  fleet: string,
  { promotion }: Description['spec'],
  statusFiles: readonly StatusFile[],
  { offline }: LookOptions,
  context: CommandContext,
): Promise<PromotionStatus> {
  if (promotion === undefined) return [];
  if (offline === true) return { unasked: 'nobody was asked, as --offline wants it' };
  try {
    const { openDesk } = await import('./promotion-desk.ts');
    const { statusTable } = await import('../promote/status-table.ts');
    const { lookAround } = await import('../promote/surroundings.ts');
    const { desk, close } = await openDesk(fleet, statusFiles, context);
    try {
      const around = await lookAround(desk);
      return 'refused' in around ? { unasked: around.refused } : await statusTable({}, around, desk);
    } finally {
      close();
    }
  } catch (error) {
    if (context.signal.aborted) throw error;
    if (error instanceof Failure || error instanceof UsageError) return { unasked: error.message };
    throw error;
  }
}
