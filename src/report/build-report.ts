import { digestOf } from '../model/digest.ts';
import { buildIndex, type Findings } from './build-index.ts';
import type { Report } from './report.ts';

/** What was found, as a page takes it: an index for the first view, and a part for each of the others. */
export function buildReport(findings: Findings): Report {
  const { overlays, change, promotion, drift } = findings;
  const parts = new Map([...overlays].map(([overlay, { part }]) => [`overlay/${overlay}`, part]));
  const digests: Record<string, string> = {};
  for (const [overlay, { digest }] of overlays) digests[`overlay/${overlay}`] = digest;
  for (const [name, part] of Object.entries({ change: change?.part, promotion, drift })) {
    if (part === undefined) continue;
    const json = JSON.stringify(part);
    parts.set(name, json);
    digests[name] = digestOf(json).slice(0, 12);
  }
  return { index: buildIndex(findings, digests), parts };
}
