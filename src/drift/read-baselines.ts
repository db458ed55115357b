import type { Report } from '../diagnostics/diagnostic.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { DriftBaselineDocument } from '../language/drift-baseline.ts';
import type { InputFiles } from '../model/input-files.ts';
import { placeOf } from '../model/origin.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import { type Tracked, untrack } from '../model/tracked.ts';
import { kinds, readDocument } from '../read/read-document.ts';
import { lastDayAhead } from './day.ts';
import type { Baseline } from './ledger.ts';

export const baselinePath = (cluster: string) => `drift/${cluster}.yaml`;

/** What lies in `drift/`, held against the clusters of the fleet and the calendar. */
export function readBaselines(files: InputFiles, clusters: readonly string[], now: Date, report: Report): Baseline[] {
  return [...files.keys()].sort(compareText).flatMap((path) => {
    const cluster = /^drift\/([^/]+)\.yaml$/.exec(path)?.[1];
    if (cluster === undefined || !clusters.includes(cluster)) {
      const known = cluster === undefined ? undefined : didYouMean(cluster, clusters);
      report({
        code: 'misplaced-file',
        severity: 'error',
        message: cluster === undefined ? `nothing reads ${path}` : `there is no cluster ${cluster} for ${path}`,
        place: wholeFile({ path, text: '' }),
        hint: known ?? 'what is accepted lies in drift/<cluster>.yaml',
      });
      return [];
    }
    return readBaseline(files, cluster, now, report) ?? [];
  });
}

/** Undefined where there is something wrong with it, which is reported. */
export function readBaseline(files: InputFiles, cluster: string, now: Date, report: Report): Baseline | undefined {
  const path = baselinePath(cluster);
  const read = readDocument<DriftBaselineDocument>(files, path, `drift of ${cluster}`, kinds.driftBaseline, cluster, report);
  if (read === undefined) return undefined;
  const items = read.document.value.spec.value.accepted.value;
  const first = new Map<string, Place | undefined>();
  const last = lastDayAhead(now);
  let sound = true;
  for (const { value } of items) {
    const { difference, until } = value;
    const place = placeOf(difference.origin);
    if (first.has(difference.value)) {
      const other = first.get(difference.value);
      sound = false;
      report({
        code: 'name-conflict',
        severity: 'error',
        message: 'this difference is accepted twice',
        place: place ?? wholeFile(read.file),
        ...(other !== undefined && { related: [{ place: other, message: 'the other entry' }] }),
        hint: 'take one of the two out',
      });
    }
    first.set(difference.value, place);
    if (until.value <= last) continue;
    sound = false;
    report({
      code: 'wrong-type',
      severity: 'error',
      message: '`until` is more than a year ahead',
      place: placeOf(until.origin) ?? wholeFile(read.file),
      hint: `name ${last} or a day before it, and look again then`,
    });
  }
  return sound ? { cluster, accepted: items.map((item) => untrack(item as Tracked<Baseline['accepted'][number]>)) } : undefined;
}
