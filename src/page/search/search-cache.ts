import type { ReportIndex } from '../../report/report.ts';
import { buildSearchIndex, type SearchIndex } from './search-index.ts';

const made = new WeakMap<ReportIndex, SearchIndex>();

export function searchIndexOf(index: ReportIndex): SearchIndex {
  const known = made.get(index) ?? buildSearchIndex(index);
  made.set(index, known);
  return known;
}
