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
  const asked = words.map((word) => ({ word, named: environments.map((name) => name.includes(word)) }));
  const kinds = new Map<SearchKind, { count: number; readonly byScore: Hit[][] }>();
  for (const entry of entries) {
    const hit = match(entry, asked);
    if (hit === undefined) continue;
    const kind = kinds.get(entry.kind) ?? { count: 0, byScore: [] };
    kinds.set(entry.kind, kind);
    kind.count += 1;
    kind.byScore[hit.score] ??= [];
    const alike = kind.byScore[hit.score] as Hit[];
    if (alike.length < most) alike.push(hit);
  }
  const groups = searchKinds.flatMap((kind): FoundGroup[] => {
    const found = kinds.get(kind);
    return found === undefined ? [] : [{ kind, count: found.count, hits: found.byScore.flat().slice(0, most) }];
  });
  return { groups: shared(groups), count: groups.reduce((sum, { count }) => sum + count, 0) };
}

interface AskedWord {
  readonly word: string;
  /** By position in the environments: whether the word is part of its name. */
  readonly named: readonly boolean[];
}

/** The lower the score, the better: each word counts by where it stands. */
function match(entry: SearchEntry, asked: readonly AskedWord[]): (Hit & { readonly score: number }) | undefined {
  const { key, text } = entry;
  let environments = entry.environments;
  let score = 0;
  let own = false;
  for (const { word, named } of asked) {
    const at = key.indexOf(word);
    if (at >= 0) {
      own = true;
      score += placeScore(key, at, word.length, text.length);
      continue;
    }
    environments = environments.filter((place) => named[place]);
    if (environments.length === 0) return undefined;
    score += 4;
  }
  // The name of an environment alone would find all that is in it.
  return own ? { entry, environments, score } : undefined;
}

/** All of the text, its beginning (or that of the name behind a kind), the beginning of a word, within, or elsewhere. */
function placeScore(key: string, at: number, width: number, length: number): number {
  if (at >= length) return 4;
  if (at === 0) return width === length ? 0 : 1;
  const before = key[at - 1] as string;
  if (before === '/') return at + width === length ? 0 : 1;
  return /[\w]/.test(before) ? 3 : 2;
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
