import type { DriftRun } from '../../report/report.ts';

/** How things stood after a run. */
export interface HistoryPoint {
  readonly at: string;
  readonly time: number;
  readonly new: number;
  readonly expired: number;
  readonly accepted: number;
  readonly unseen: number;
  /** The clusters that this run looked at; of the others the counts are those of the run before. */
  readonly looked: readonly string[];
}

const nothing = { new: 0, expired: 0, accepted: 0, unseen: 0 };

/** The sum over all clusters after each run, or what the runs say of one of them. A cluster stays as it was last seen. */
export function historyOf(runs: readonly DriftRun[], cluster: string): HistoryPoint[] {
  const known = new Map<string, DriftRun['clusters'][string]>();
  return runs.flatMap(({ at, clusters }) => {
    const looked = Object.keys(clusters).filter((name) => cluster === '' || name === cluster);
    if (looked.length === 0) return [];
    for (const name of looked) known.set(name, clusters[name] as DriftRun['clusters'][string]);
    const sum = [...known.values()].reduce(
      (total, counts) => ({
        new: total.new + counts.new,
        expired: total.expired + counts.expired,
        accepted: total.accepted + counts.accepted,
        unseen: total.unseen + counts.unseen,
      }),
      nothing,
    );
    return [{ at, time: Date.parse(at), ...sum, looked: looked.sort() }];
  });
}

/** The last run that looked at each cluster. */
export function lastLooks(runs: readonly DriftRun[]): ReadonlyMap<string, string> {
  return new Map(runs.flatMap(({ at, clusters }) => Object.keys(clusters).map((cluster) => [cluster, at])));
}

/** `7 new, 2 expired, 4 accepted; 1 not seen`: what there is none of is left out. */
export function sayCounts({ new: fresh, expired, accepted, unseen }: Omit<HistoryPoint, 'at' | 'time' | 'looked'>): string {
  const found = [
    [fresh, 'new'],
    [expired, 'expired'],
    [accepted, 'accepted'],
  ] as const;
  const said = found.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
  const hole = unseen === 0 ? '' : `${unseen} not seen`;
  return [said === '' && hole === '' ? 'as it is declared' : said, hole].filter(Boolean).join('; ');
}
