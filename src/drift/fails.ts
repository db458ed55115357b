import type { Between, What } from './difference.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** Which differences make a run fail. */
export interface FailOn {
  readonly between: readonly Between[];
  readonly what: readonly What[];
  /** Also those that somebody answers for. */
  readonly accepted: boolean;
}

/** Environments may differ for good reasons, so that it is told and no more. */
export const usualFailures: FailOn = { between: ['repository', 'cluster'], what: [], accepted: false };

/** The entries for which a run fails. What could not be seen fails it in its own way. */
export function fails({ entries }: Pick<Ledger, 'entries'>, failOn: FailOn = usualFailures): readonly LedgerEntry[] {
  return entries.filter(({ difference, standing }) => {
    if (standing === 'accepted' && !failOn.accepted) return false;
    return failOn.between.includes(difference.between) || failOn.what.includes(difference.what);
  });
}
