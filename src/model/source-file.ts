/** A text file as it was read; places point into it by offset and become line and column only when printed. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A stretch of a source file: what a diagnostic underlines and what an origin names. */
export interface Place {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

export function placeAt(file: SourceFile, start: number, end: number): Place {
  return { file, start, end };
}

export function wholeFile(file: SourceFile): Place {
  return { file, start: 0, end: 0 };
}

export function lineAndColumn(file: SourceFile, offset: number): LineColumn {
  const starts = lineStarts(file);
  let [from, to] = [0, starts.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if ((starts[middle] as number) <= offset) from = middle;
    else to = middle;
  }
  return { line: from + 1, column: offset - (starts[from] as number) + 1 };
}

/** Where a line begins; lines are counted from 1, and behind the last one there is the end of the text. */
export function startOfLine(file: SourceFile, line: number): number {
  return lineStarts(file)[line - 1] ?? file.text.length;
}

const known = new WeakMap<SourceFile, readonly number[]>();

/** Where lines begin: a file is asked for the lines of all that comes from it. */
function lineStarts(file: SourceFile): readonly number[] {
  const found = known.get(file);
  if (found !== undefined) return found;
  const starts = [0];
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1);
  known.set(file, starts);
  return starts;
}

/** `clusters/dev/dev.yaml:12:7`, as editors and terminals understand it. */
export function describePlace(place: Place): string {
  const { line, column } = lineAndColumn(place.file, place.start);
  return `${place.file.path}:${line}:${column}`;
}
