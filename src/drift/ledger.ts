import type { Difference, Effort, Kept, Unseen } from './difference.ts';

/** A difference that somebody answers for until a day. */
export interface AcceptedEntry {
  /** The `id` of the difference. */
  readonly difference: string;
  /** Its `digest` when it was accepted: when what is there changes again, it is new. */
  readonly digest: string;
  readonly reason: string;
  readonly owner: string;
  /** Day, such as 2026-12-31, until whose end (UTC) it holds. */
  readonly until: string;
}

/** `drift/<cluster>.yaml`. */
export interface Baseline {
  readonly cluster: string;
  readonly accepted: readonly AcceptedEntry[];
}

export type Standing = 'new' | 'accepted' | 'expired';

/** A difference as the ledger has it. */
export interface LedgerEntry {
  readonly difference: Difference;
  readonly standing: Standing;
  /** For `accepted` and `expired`, and for `new` where what was accepted was something else. */
  readonly entry?: AcceptedEntry;
}

/** One run: what was found, held against what is accepted. */
export interface Ledger {
  /** ISO 8601. */
  readonly at: string;
  /** Names, sorted; those that were looked at. */
  readonly clusters: readonly string[];
  /** By id. */
  readonly entries: readonly LedgerEntry[];
  readonly unseen: readonly Unseen[];
  readonly kept: readonly Kept[];
  /** Accepted differences that are gone: their entries may be deleted. */
  readonly settled: readonly { readonly cluster: string; readonly entry: AcceptedEntry }[];
  readonly effort: Effort;
}
