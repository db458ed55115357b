/** `text` in place of what stands from `start` to `end`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The splices do not overlap; those at one place are written in their order. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const sorted = splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.reduceRight((result, { start, end, text: put }) => result.slice(0, start) + put + result.slice(end), text);
}

/** Whole lines in place of whole lines; where the text ends without a line break, it goes on doing so. */
export function replaceLines(text: string, start: number, end: number, lines: string): Splice {
  const unended = end === text.length && end > 0 && text[end - 1] !== '\n';
  if (!unended) return { start, end, text: lines };
  const bare = lines.replace(/\r?\n$/, '');
  if (start === end) return { start, end, text: lines.slice(bare.length) + bare };
  if (bare !== '') return { start, end, text: bare };
  return { start: start - (text.slice(0, start).match(/\r?\n$/)?.[0].length ?? 0), end, text: '' };
}

/** A byte order mark is no part of a line. */
export function startOfLine(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Behind the line break. What ends with a line break, as the text of a `|` does, ends there. */
export function endOfLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

export function startsItsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(startOfLine(text, offset), offset));
}

/** Behind the line, and behind comments that follow it further to the right than the key at `column`: they continue its own. */
export function endOfLines(text: string, offset: number, column: number): number {
  const end = endOfLine(text, offset);
  const comment = text.slice(end).match(/^( *)#[^\n]*(\n|$)/);
  return comment === null || (comment[1] as string).length <= column ? end : endOfLines(text, end + comment[0].length, column);
}

/** The first of the comment lines directly above, at the same column. */
export function startWithComments(text: string, line: number, column: number, floor: number): number {
  if (line <= floor) return line;
  const above = startOfLine(text, line - 1);
  const comment = text.slice(above, line).match(/^( *)#/);
  return comment === null || (comment[1] as string).length !== column || above < floor
    ? line
    : startWithComments(text, above, column, floor);
}

/** Where the spaces in front of a place begin, on its line. */
export function skipSpacesBefore(text: string, offset: number): number {
  const before = text.slice(startOfLine(text, offset), offset);
  return offset - (before.length - before.trimEnd().length);
}
