import type { Report } from '../diagnostics/diagnostic.ts';
import type { Waivers } from '../language/waiver.ts';
import type { SourceFile } from '../model/source-file.ts';
import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import { reportPlaintext } from './plaintext.ts';
import { scanDocument, scanText } from './scan-document.ts';
import { covers, readWaivers, reportDangling, reportUnused, type Waiver } from './waivers.ts';

/** stowage.yaml or a cluster: nothing is computed in them. */
export function checkDocumentPlaintext({ document, file }: { document: Tracked; file: SourceFile }, report: Report): void {
  const waivers = waiversOfDocument(document);
  const found = scanDocument(document, file);
  reportDangling(waivers, report);
  for (const one of found) if (!waivers.some((waiver) => covers(waiver, one.place))) reportPlaintext(one, report);
  for (const waiver of waivers) {
    if (waiver.covers.length > 0 && !found.some(({ place }) => covers(waiver, place))) reportUnused(waiver, report);
  }
}

/** A private key that was put beside a certificate, or in its place. */
export function checkTextPlaintext(file: SourceFile, report: Report): void {
  for (const one of scanText(file, undefined)) reportPlaintext(one, report);
}

export function waiversOfDocument(document: Tracked): Waiver[] {
  const written = atPath(document, ['spec', 'notSecret']) as Tracked<Waivers> | undefined;
  if (written === undefined) return [];
  return readWaivers(written, () => [{ tree: childOf(document, 'spec') }, { tree: document }]);
}
