import type { Ledger } from '../drift/ledger.ts';
import type { CommandContext } from './command-context.ts';

export async function driftIssues(_fleet: string, _ledger: Ledger, _context: CommandContext): Promise<boolean> {
  throw new Error('not there yet');
}
