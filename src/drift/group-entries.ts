import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { LedgerEntry, Standing } from './ledger.ts';

export interface EntryGroup {
  readonly cluster: string;
  /** `environment/system`; none for what belongs to no system. */
  readonly overlay: string | undefined;
  readonly entries: readonly LedgerEntry[];
}

const order: readonly Standing[] = ['new', 'expired', 'accepted'];

/** By cluster, then overlay, what is new first; what belongs to no system comes last. */
export function groupEntries(entries: readonly LedgerEntry[]): readonly EntryGroup[] {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const { cluster, overlay } = entry.difference;
    const key = JSON.stringify([cluster, overlay === undefined ? 1 : 0, overlay ?? '']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, grouped]) => ({
      cluster: (grouped[0] as LedgerEntry).difference.cluster,
      overlay: grouped[0]?.difference.overlay,
      entries: grouped.toSorted(
        (one, other) =>
          order.indexOf(one.standing) - order.indexOf(other.standing) || compareText(one.difference.id, other.difference.id),
      ),
    }));
}

/** `2 new, 1 expired, 3 accepted`; what there is none of is left out. */
export function countStandings(entries: readonly LedgerEntry[]): string {
  return order
    .map((standing) => [entries.filter((entry) => entry.standing === standing).length, standing] as const)
    .filter(([count]) => count > 0)
    .map(([count, standing]) => `${count} ${standing}`)
    .join(', ');
}
