import type { DriftEntry } from '../../report/report.ts';

export interface ClusterGroup {
  readonly cluster: string;
  readonly overlays: readonly OverlayGroup[];
}

export interface OverlayGroup {
  /** Null: what belongs to no system. */
  readonly overlay: string | null;
  readonly entries: readonly DriftEntry[];
}

export const standings = ['new', 'expired', 'accepted'] as const satisfies readonly DriftEntry['standing'][];

/** By cluster, then by overlay, what nobody answers for first; what belongs to no system comes last. */
export function groupEntries(entries: readonly DriftEntry[]): ClusterGroup[] {
  return grouped(entries, ({ cluster }) => cluster)
    .sort(([one], [other]) => compare(one, other))
    .map(([cluster, own]) => ({
      cluster,
      overlays: grouped(own, ({ overlay }) => overlay)
        .sort(([one], [other]) => Number(one === null) - Number(other === null) || compare(one ?? '', other ?? ''))
        .map(([overlay, those]) => ({ overlay, entries: those.toSorted(byUrgency) })),
    }));
}

function byUrgency(one: DriftEntry, other: DriftEntry): number {
  return standings.indexOf(one.standing) - standings.indexOf(other.standing) || compare(one.id, other.id);
}

function grouped<Key>(entries: readonly DriftEntry[], keyOf: (entry: DriftEntry) => Key): [Key, DriftEntry[]][] {
  const groups = new Map<Key, DriftEntry[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  return [...groups];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
