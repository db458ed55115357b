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
  const before = file.text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: offset - lastBreak };
}

/** `clusters/dev/dev.yaml:12:7`, as editors and terminals understand it. */
export function describePlace(place: Place): string {
  const { line, column } = lineAndColumn(place.file, place.start);
  return `${place.file.path}:${line}:${column}`;
}
