/** As short as a random key is in practice; shorter ones are known by their names. */
const shortest = 32;

/**
 * Whether a word is what a random generator gives, in hex, base64 or letters and digits. Names, paths and
 * identifiers are made of words: stretches of one kind of character that are several characters long.
 */
export function looksRandom(word: string, atLeast: number = shortest): boolean {
  const bare = word.replace(/=+$/, '');
  if (bare.length < atLeast) return false;
  const sample = bare.length > longestSample ? bare.slice(0, longestSample) : bare;
  if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(sample)) return sample.length >= 48 && bitsPerCharacter(sample) > 3;
  if (bitsPerCharacter(sample) < 3.5) return false;
  const numbers = sample.match(/[0-9]+/g)?.length ?? 0;
  // A run of letters of one case with digits strewn in, and nothing between them that parts words.
  if (/^(?:[a-z0-9]+|[A-Z0-9]+)$/.test(sample)) return numbers >= (sample.length >= 40 ? 2 : 3);
  if (!/[a-z]/.test(sample) || !/[A-Z]/.test(sample)) return wordlikeShare(sample) < 0.4 && meanStretch(sample) < 3.2;
  return wordlikeShare(sample) < 0.4 && meanStretch(sample) < (numbers > 1 || sample.length >= 40 ? 4 : 3.4);
}

const longestSample = 256;

/** Shannon entropy. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** How much of it is plain words and numbers between separators. */
function wordlikeShare(text: string): number {
  let wordlike = 0;
  for (const segment of text.split(/[^A-Za-z0-9]+/)) {
    if (segment.length > 2 && /^(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]+)$/.test(segment)) wordlike += segment.length;
  }
  return wordlike / text.length;
}

/** In camelCase a stretch is a word; among random characters it is one or two long. */
function meanStretch(text: string): number {
  const stretches = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+/g) ?? [];
  return stretches.reduce((sum, stretch) => sum + stretch.length, 0) / Math.max(1, stretches.length);
}
