import type { Difference } from './difference.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** A run as `--json` shows it: with its time, so that many can be put together. `narrowed`: options that leave things out. */
export function ledgerToJson(ledger: Ledger, failing: readonly LedgerEntry[], narrowed: readonly string[] = []) {
  const { at, clusters, entries, unseen, kept, settled, effort } = ledger;
  const count = (standing: LedgerEntry['standing']) => entries.filter((entry) => entry.standing === standing).length;
  return {
    command: 'drift',
    ok: failing.length === 0 && unseen.length === 0,
    at,
    clusters,
    narrowed,
    counts: { new: count('new'), expired: count('expired'), accepted: count('accepted'), unseen: unseen.length },
    failing: failing.map(({ difference }) => difference.id),
    differences: entries.map(({ difference, standing, entry }) => ({
      ...shown(difference),
      standing,
      accepted: entry === undefined ? null : { reason: entry.reason, owner: entry.owner, until: entry.until },
    })),
    unseen,
    kept,
    settled: settled.map(({ cluster, entry }) => ({ cluster, ...entry })),
    effort,
  };
}

function shown(difference: Difference): Difference {
  if (difference.concealed !== true) return difference;
  const { declared: _, live: __, ...rest } = difference;
  return rest;
}
