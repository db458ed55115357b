import type { DriftEntry } from '../../report/report.ts';

/** What a reader wants to see; an empty word leaves it open. */
export interface DriftFilter {
  readonly cluster: string;
  readonly standing: string;
  readonly what: string;
  readonly between: string;
  readonly text: string;
}

/** Those that are one of a few words. */
export const choosable = ['cluster', 'standing', 'what', 'between'] as const;
export type Choosable = (typeof choosable)[number];

export function filterOf(query: Readonly<Record<string, string>>): DriftFilter {
  const { cluster = '', standing = '', what = '', between = '', text = '' } = query;
  return { cluster, standing, what, between, text };
}

/** An entry with all the words that a search looks through, made once for all searches. */
export interface FindableEntry {
  readonly entry: DriftEntry;
  readonly words: string;
}

export function findable(entries: readonly DriftEntry[]): FindableEntry[] {
  return entries.map((entry) => {
    const { id, object, field, namespace, owner, summary, accepted, because } = entry;
    const said = [owner?.manager, accepted?.owner, accepted?.reason, ...because];
    return { entry, words: [id, object, field, namespace, summary, ...said].join('\n').toLowerCase() };
  });
}

/** Those that all of the filter is true of; of its text each word must be found somewhere. */
export function chosenEntries(entries: readonly FindableEntry[], filter: DriftFilter): DriftEntry[] {
  const wanted = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .filter(
      ({ entry, words }) =>
        choosable.every((key) => filter[key] === '' || entry[key] === filter[key]) &&
        wanted.every((word) => words.includes(word)),
    )
    .map(({ entry }) => entry);
}

/** What there is to choose from; what is chosen stays choosable where it is gone by now. */
export function choicesOf(entries: readonly DriftEntry[], key: Choosable, chosen: string): string[] {
  const found = new Set(entries.map((entry) => entry[key]));
  return [...(chosen === '' ? found : found.add(chosen))].sort();
}
