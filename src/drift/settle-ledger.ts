import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { isOver } from './day.ts';
import type { Difference, Findings } from './difference.ts';
import type { AcceptedEntry, Baseline, Ledger, LedgerEntry } from './ledger.ts';
import { unseenOf } from './unseen-of.ts';

/** What was found, held against what is accepted. A run that looked at a part only says of which differences it can tell. */
export function settleLedger(
  findings: readonly Findings[],
  baselines: readonly Baseline[],
  now: Date,
  clusters: readonly string[],
  couldFind: (id: string, cluster: string) => boolean = () => true,
): Ledger {
  const accepted = new Map(baselines.map((baseline) => [baseline.cluster, baseline.accepted]));
  const entriesOf = (cluster: string) => accepted.get(cluster) ?? [];
  const found = new Map(findings.flatMap(({ differences }) => differences).map((one) => [`${one.cluster} ${one.id}`, one]));
  const unseen = findings.flatMap((one) => one.unseen);
  // What could not be looked at may hold all that is missing here.
  const settled = clusters
    .filter((cluster) => unseenOf(cluster, { unseen, clusters }).length === 0)
    .flatMap((cluster) => entriesOf(cluster).map((entry) => ({ cluster, entry })))
    .filter(({ cluster, entry }) => couldFind(entry.difference, cluster) && !found.has(`${cluster} ${entry.difference}`));

  return {
    at: now.toISOString(),
    clusters: [...new Set(clusters)].sort(compareText),
    entries: [...found.values()]
      .map((difference) => settle(difference, entriesOf(difference.cluster), now))
      .sort(
        (one, other) =>
          compareText(one.difference.id, other.difference.id) || compareText(one.difference.cluster, other.difference.cluster),
      ),
    unseen: unseen.toSorted((one, other) => compareText(one.cluster, other.cluster) || compareText(one.what, other.what)),
    kept: findings.flatMap((one) => one.kept),
    settled: settled.sort(
      (one, other) => compareText(one.cluster, other.cluster) || compareText(one.entry.difference, other.entry.difference),
    ),
    effort: {
      objects: sum(findings, 'objects'),
      requests: sum(findings, 'requests'),
      lists: sum(findings, 'lists'),
      dryRuns: sum(findings, 'dryRuns'),
    },
  };
}

function settle(difference: Difference, accepted: readonly AcceptedEntry[], now: Date): LedgerEntry {
  const entry = accepted.find((one) => one.difference === difference.id);
  if (entry === undefined) return { difference, standing: 'new' };
  // Somebody answers for what was there then, and not for what came after it.
  if (entry.digest !== difference.digest) return { difference, standing: 'new', entry };
  return { difference, standing: isOver(entry.until, now) ? 'expired' : 'accepted', entry };
}

function sum(findings: readonly Findings[], what: keyof Findings['effort']): number {
  return findings.reduce((total, { effort }) => total + effort[what], 0);
}
