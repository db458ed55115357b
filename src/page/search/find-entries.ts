import { type SearchEntry, type SearchIndex, type SearchKind, searchKinds } from './search-index.ts';

export interface Found {
  readonly groups: readonly FoundGroup[];
  /** How many there are in all. */
  readonly count: number;
}

export interface FoundGroup {
  readonly kind: SearchKind;
  readonly hits: readonly Hit[];
  readonly count: number;
}

export interface Hit {
  readonly entry: SearchEntry;
  /** Those of its environments that the words leave. */
  readonly environments: readonly number[];
}

const most = 30;
/** What each kind may show before another is cut for it. */
const fairShare = 5;

/** What all words are found in, the better ones of each kind first. A word may also name an environment that has it. */
export function findEntries({ entries, environments }: SearchIndex, query: string): Found {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return { groups: [], count: 0 };
  const asked = words.map((word): AskedWord => {
    const named = environments.map((name) => name.includes(word));
    return { word, named, names: named.includes(true) };
  });
  const kinds = new Map<SearchKind, { count: number; readonly byScore: SearchEntry[][] }>();
  for (const entry of entries) {
    const score = scoreOf(entry, asked);
    if (score < 0) continue;
    const kind = kinds.get(entry.kind) ?? { count: 0, byScore: [] };
    if (kind.count === 0) kinds.set(entry.kind, kind);
    kind.count += 1;
    kind.byScore[score] ??= [];
    const alike = kind.byScore[score] as SearchEntry[];
    if (alike.length < most) alike.push(entry);
  }
  const groups = searchKinds.flatMap((kind): FoundGroup[] => {
    const found = kinds.get(kind);
    if (found === undefined) return [];
    const best = found.byScore.flat().slice(0, most);
    return [{ kind, count: found.count, hits: best.map((entry) => ({ entry, environments: leftOf(entry, asked) })) }];
  });
  return { groups: shared(groups), count: groups.reduce((sum, { count }) => sum + count, 0) };
}

interface AskedWord {
  readonly word: string;
  /** By position in the environments: whether the word is part of its name. */
  readonly named: readonly boolean[];
  /** Whether it is part of any. */
  readonly names: boolean;
}

/** The lower, the better: each word counts by where it stands; -1 where one is missing. It runs for each entry at each key. */
function scoreOf(entry: SearchEntry, asked: readonly AskedWord[]): number {
  let score = 0;
  let elsewhere = 0;
  for (const { word, names } of asked) {
    const at = entry.key.indexOf(word);
    if (at >= 0) score += placeScore(entry.key, at, word.length, entry.text.length);
    else if (names) elsewhere += 1;
    else return -1;
  }
  if (elsewhere === 0) return score;
  // The name of an environment alone would find all that is in it.
  if (elsewhere === asked.length || !isLeftSomewhere(entry, asked)) return -1;
  return score + 4 * elsewhere;
}

/** Whether `leftOf` has any, with nothing made for it. */
function isLeftSomewhere({ key, environments }: SearchEntry, asked: readonly AskedWord[]): boolean {
  for (const place of environments) {
    let left = true;
    for (const { word, named } of asked) {
      if (named[place] || key.includes(word)) continue;
      left = false;
      break;
    }
    if (left) return true;
  }
  return false;
}

/** Its environments that have all of the words in their names that it has not itself. */
function leftOf({ key, environments }: SearchEntry, asked: readonly AskedWord[]): readonly number[] {
  const missing = asked.filter(({ word }) => !key.includes(word));
  return missing.length === 0 ? environments : environments.filter((place) => missing.every(({ named }) => named[place]));
}

/** All of the text, its beginning (or that of the name behind a kind), the beginning of a word, within, or elsewhere. */
function placeScore(key: string, at: number, width: number, length: number): number {
  if (at >= length) return 4;
  if (at === 0) return width === length ? 0 : 1;
  const before = key.charCodeAt(at - 1);
  if (before === slash) return at + width === length ? 0 : 1;
  return isInWord(before) ? 3 : 2;
}

const slash = 0x2f;

function isInWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

/** As many of each kind as there is room for, and of none more than its share where others need theirs. */
function shared(groups: readonly FoundGroup[]): FoundGroup[] {
  const reserved = groups.reduce((sum, { hits }) => sum + Math.min(hits.length, fairShare), 0);
  let spare = Math.max(0, most - reserved);
  return groups.map((group) => {
    const more = Math.min(Math.max(0, group.hits.length - fairShare), spare);
    spare -= more;
    return { ...group, hits: group.hits.slice(0, Math.min(group.hits.length, fairShare) + more) };
  });
}
