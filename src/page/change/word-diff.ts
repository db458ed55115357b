import { diffArrays } from 'diff';

/** A piece of a line: whether the other line has it too. */
export interface Piece {
  readonly text: string;
  readonly differs: boolean;
}

export interface WordDiff {
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
}

/** Beyond these, marks would cost much and tell little. */
const mostCharacters = 2000;
const mostEdits = 200;
const leastInCommon = 0.3;

/** Where two lines differ, word by word; nothing for two that have little in common. */
export function wordDiff(before: string, after: string): WordDiff | undefined {
  if (before.length > mostCharacters || after.length > mostCharacters) return undefined;
  const parts = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostEdits });
  if (parts === undefined) return undefined;
  const texts = parts.map(({ value, added, removed }) => ({ text: value.join(''), added, removed }));
  const common = texts.filter(({ added, removed }) => !added && !removed).reduce((sum, { text }) => sum + text.trim().length, 0);
  if (common < leastInCommon * Math.max(before.trim().length, after.trim().length)) return undefined;
  return {
    before: texts.filter(({ added }) => !added).map(({ text, removed }) => ({ text, differs: removed })),
    after: texts.filter(({ removed }) => !removed).map(({ text, added }) => ({ text, differs: added })),
  };
}

/** Words and numbers whole, so that `4096` does not become `8192` digit by digit; all else by the character. */
function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_]+|\s+|./gsu) ?? [];
}
