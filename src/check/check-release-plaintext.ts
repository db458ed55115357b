import type { Report } from '../diagnostics/diagnostic.ts';
import type { Place } from '../model/source-file.ts';
import { placeAt } from '../model/source-file.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import type { Plaintext } from './plaintext.ts';
import { scanDocument, scanText } from './scan-document.ts';
import { covers, readWaivers, reportDangling, reportUnused, type Waiver } from './waivers.ts';

export interface ReleasePlaintext {
  readonly found: readonly Plaintext[];
  /** What the System itself does not waive; an environment that runs it may. */
  readonly open: readonly Plaintext[];
  readonly waivers: readonly Waiver[];
}

const scanned = new WeakMap<Release, ReleasePlaintext>();

export function plaintextOfRelease(release: Release): ReleasePlaintext {
  const known = scanned.get(release);
  if (known !== undefined) return known;
  const document = release.document as Tracked;
  const found = [
    ...scanDocument(document, release.file),
    ...[...release.files].flatMap(([name, file]) => scanText(file, `files/${name}`)),
  ];
  const waivers = readWaivers(release.document.value.spec.value.notSecret, () => targetsOfRelease(release));
  const open = found.filter(({ place }) => !waivers.some((waiver) => covers(waiver, place)));
  const result = { found, open, waivers };
  scanned.set(release, result);
  return result;
}

/** Of the waivers only: what is found is told by the environments that run the release, or where none does. */
export function checkReleaseWaivers(release: Release, report: Report): void {
  const { found, waivers } = plaintextOfRelease(release);
  reportDangling(waivers, report);
  for (const waiver of waivers) {
    if (waiver.computed || waiver.covers.length === 0) continue;
    if (!found.some(({ place }) => covers(waiver, place))) reportUnused(waiver, report);
  }
}

export function targetsOfRelease(release: Release) {
  const files = new Map(
    [...release.files].map(([name, file]): [string, Place] => [`files/${name}`, placeAt(file, 0, file.text.length)]),
  );
  return [{ tree: childOf(release.document as Tracked, 'spec'), files }];
}
