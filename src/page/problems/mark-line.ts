export interface MarkedLine {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** A row to stand below: what is marked, for who does not see its colour. Tabs stay, so that it lines up. */
  readonly carets: string;
}

/** A line with what is meant in it; a mark behind its end stands there as one caret. */
export function markLine(text: string, column: number, width: number): MarkedLine {
  const start = Math.min(Math.max(column - 1, 0), text.length);
  const end = Math.min(start + Math.max(width, 1), text.length);
  const before = text.slice(0, start);
  const marked = text.slice(start, end);
  return {
    before,
    marked,
    after: text.slice(end),
    carets: before.replace(/[^\t]/gu, ' ') + '^'.repeat(Math.max(1, [...marked].length)),
  };
}
