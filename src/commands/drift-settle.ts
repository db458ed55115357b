import type { Ledger } from '../drift/ledger.ts';
import type { CommandContext } from './command-context.ts';
import type { DriftOptions } from './drift-options.ts';

export async function driftSettle(
  _fleet: string,
  _ledger: Ledger,
  _options: DriftOptions,
  _context: CommandContext,
): Promise<number> {
  throw new Error('not there yet');
}
