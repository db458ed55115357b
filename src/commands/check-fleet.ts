import { compiler, schemas } from '../build-facts.ts';
import { type RunResult, run } from '../run.ts';
import type { CommandContext } from './command-context.ts';

/** What lies in the fleet, checked and proven whole as by `compile --check`, for those who offer it to others. */
export function checkFleet(fleet: string, { environment, signal, compute }: CommandContext): Promise<RunResult> {
  const whole = { mode: 'check', verify: true, overwrite: [], selected: () => true } as const;
  return run({ fleet, ...whole, options: { compiler, schemas }, environment, signal, compute });
}
