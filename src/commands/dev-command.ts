import type { CommandContext } from './command-context.ts';
import type { LookOptions } from './report-options.ts';

export interface DevOptions extends LookOptions {
  readonly port?: string;
}

/** The page, live. */
export async function devCommand(_options: DevOptions, _context: CommandContext): Promise<number> {
  return 3;
}
