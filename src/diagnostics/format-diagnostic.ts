import { describePlace, lineAndColumn, type Place } from '../model/source-file.ts';
import type { Diagnostic } from './diagnostic.ts';
import { lineOf } from './hide-masked.ts';

export interface Palette {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export const plainPalette: Palette = { error: same, warning: same, strong: same, faint: same };

function same(text: string): string {
  return text;
}

const longestLine = 160;

export function formatDiagnostic(diagnostic: Diagnostic, palette: Palette = plainPalette): string {
  const paint = diagnostic.severity === 'error' ? palette.error : palette.warning;
  const lines = [
    `${palette.strong(describePlace(diagnostic.place))}: ${paint(diagnostic.severity)}: ${printable(withoutMarkers(diagnostic.message))} ${palette.faint(`[${diagnostic.code}]`)}`,
    ...snippet(diagnostic, palette),
  ];
  for (const related of diagnostic.related ?? []) {
    lines.push(`  ${describePlace(related.place)}: ${printable(withoutMarkers(related.message))}`);
  }
  if (diagnostic.hint !== undefined) lines.push(`  ${palette.strong('→')} ${printable(withoutMarkers(diagnostic.hint))}`);
  return lines.join('\n');
}

const mask = '***';

function snippet({ place, masked, hides = [] }: Diagnostic, palette: Palette): string[] {
  if (place.file.text.length === 0) return [];
  const line = lineOf(place);
  const own = { start: place.start, end: Math.max(place.start, Math.min(place.end, line.end)) };
  const covers = [...hides, ...(masked === true ? [place] : [])];
  const before = covered({ ...line, end: own.start }, covers);
  const under = masked === true ? mask : covered({ ...line, ...own }, covers);
  const visible = (before + under + covered({ ...line, start: own.end }, covers)).replace(/\r$/, '').replace(/\t/g, ' ');
  const column = before.length + 1;
  const from = column > longestLine ? column - longestLine / 2 : 0;
  const shown = printable(visible.slice(from, from + longestLine));
  const width = Math.max(1, Math.min(under.length, visible.length - column + 1, from + longestLine - column));
  const number = String(lineAndColumn(place.file, place.start).line);
  return [
    palette.faint(`  ${number} | `) + shown,
    palette.faint(`  ${' '.repeat(number.length)} | `) + ' '.repeat(column - 1 - from) + palette.error('^'.repeat(width)),
  ];
}

/** A stretch of a file with stars in place of what nobody is to see. */
function covered({ file, start, end }: Place, covers: readonly Pick<Place, 'start' | 'end'>[]): string {
  let text = '';
  let from = start;
  for (const cover of [...covers].sort((a, b) => a.start - b.start)) {
    if (cover.end <= from || cover.start >= end) continue;
    text += file.text.slice(from, Math.max(from, cover.start)) + mask;
    from = cover.end;
  }
  return text + file.text.slice(Math.min(from, end), end);
}

/** Control characters of a hostile file must not reach a terminal. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�');
}

/** A secret inside a value that a message shows, by its name. */
function withoutMarkers(text: string): string {
  return text.replace(/(?:\0|\\u0000)([^\0\\]+)(?:\0|\\u0000)/g, '<secret $1>').replaceAll('\0', '');
}

export interface DiagnosticJson {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly hint?: string;
  readonly related: readonly { file: string; line: number; column: number; message: string }[];
}

export function diagnosticToJson(diagnostic: Diagnostic): DiagnosticJson {
  const { place } = diagnostic;
  const end = lineAndColumn(place.file, place.end);
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: withoutMarkers(diagnostic.message),
    file: place.file.path,
    ...lineAndColumn(place.file, place.start),
    endLine: end.line,
    endColumn: end.column,
    ...(diagnostic.hint === undefined ? {} : { hint: withoutMarkers(diagnostic.hint) }),
    related: (diagnostic.related ?? []).map((related) => ({
      file: related.place.file.path,
      ...lineAndColumn(related.place.file, related.place.start),
      message: withoutMarkers(related.message),
    })),
  };
}
