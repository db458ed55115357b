import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { isOver } from '../drift/day.ts';
import { looksSecret } from '../drift/looks-secret.ts';
import { unseenOf } from '../drift/unseen-of.ts';
import type { DriftRunDocument } from './drift-run.ts';
import type { DriftEntry, DriftPart, DriftRun, Json } from './report.ts';
import { countDrift } from './summarize-drift.ts';

/** What runs found, put together: of each cluster what the last one saw that looked at it, and since when it is so. */
export function driftPart(given: readonly DriftRunDocument[], now: Date): DriftPart {
  const runs = once(given).sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const last = new Map(runs.flatMap((run) => run.clusters.map((cluster) => [cluster, run] as const)));
  const first = firstSeen(runs);
  const clusters = [...last].sort(([one], [other]) => compareText(one, other));
  return {
    runs: runs.map(countsOf),
    entries: clusters.flatMap(([cluster, { differences }]) =>
      differences
        .filter((difference) => difference.cluster === cluster)
        .map((difference) => entryOf(difference, first.get(cluster)?.get(difference.id) as string, now)),
    ),
    unseen: unseenNow(clusters),
  };
}

/** A run may be kept in two places. */
function once(runs: readonly DriftRunDocument[]): DriftRunDocument[] {
  const key = ({ at, clusters }: DriftRunDocument) => JSON.stringify([Date.parse(at), [...clusters].sort()]);
  return [...new Map(runs.map((run) => [key(run), run])).values()];
}

function countsOf(run: DriftRunDocument): DriftRun {
  return {
    at: run.at,
    clusters: Object.fromEntries(
      run.clusters.map((cluster) => {
        const counts = countDrift(run.differences.filter((difference) => difference.cluster === cluster));
        return [cluster, { ...counts, unseen: unseenOf(cluster, run).length }];
      }),
    ),
  };
}

/** By cluster and id, where the series of runs that found it began, as far as it goes on to the last one. */
function firstSeen(runs: readonly DriftRunDocument[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const series = new Map<string, Map<string, string>>();
  for (const run of runs)
    for (const cluster of run.clusters) {
      const before = series.get(cluster) ?? new Map<string, string>();
      const found = run.differences.filter((difference) => difference.cluster === cluster);
      // Who could not see all of it cannot say that something was gone.
      const kept = unseenOf(cluster, run).length > 0 ? before : [];
      series.set(cluster, new Map([...kept, ...found.map(({ id }) => [id, before.get(id) ?? run.at] as const)]));
    }
  return series;
}

function entryOf(difference: DriftRunDocument['differences'][number], first: string, now: Date): DriftEntry {
  const { id, between, what, cluster, overlay, object, field, declared, live, owner } = difference;
  const { because, summary, advice, standing, accepted } = difference;
  // The file may have been written by a version that knew fewer secrets.
  const concealed = difference.concealed === true || looksSecret(field, declared) || looksSecret(field, live);
  const over = standing === 'accepted' && accepted !== null && isOver(accepted.until, now);
  return {
    ...{ id, between, what, cluster },
    overlay: overlay ?? null,
    object: object === undefined ? null : `${object.kind}/${object.name}`,
    namespace: object?.namespace ?? null,
    field: field ?? null,
    ...(concealed || declared === undefined ? {} : { declared: declared as Json }),
    ...(concealed || live === undefined ? {} : { live: live as Json }),
    concealed,
    owner: owner === undefined ? null : { manager: owner.manager, since: owner.since ?? null },
    ...{ because, summary, advice },
    standing: over ? 'expired' : standing,
    accepted,
    first,
  };
}

function unseenNow(clusters: readonly (readonly [string, DriftRunDocument])[]): DriftPart['unseen'] {
  const unseen = clusters.flatMap(([cluster, run]) => unseenOf(cluster, run));
  // What belongs to no cluster is a matter of each of them.
  const different = new Map(unseen.map((one) => [JSON.stringify([one.cluster, one.what, one.why]), one]));
  return [...different.values()].map(({ cluster, what, why, hint }) => ({ cluster, what, why, hint: hint ?? null }));
}
