import { describePlace, lineAndColumn } from '../model/source-file.ts';
import type { Diagnostic } from './diagnostic.ts';
import { hideSecrets, maskedLine } from './hide-secrets.ts';

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
/** A problem of a System may arise in every environment of a fleet. */
const mostRelated = 10;

export function formatDiagnostic(diagnostic: Diagnostic, palette: Palette = plainPalette): string {
  const paint = diagnostic.severity === 'error' ? palette.error : palette.warning;
  const hide = hideSecrets(diagnostic);
  const said = (text: string) => printable(hide(withoutMarkers(text)));
  const lines = [
    `${palette.strong(describePlace(diagnostic.place))}: ${paint(diagnostic.severity)}: ${said(diagnostic.message)} ${palette.faint(`[${diagnostic.code}]`)}`,
    ...snippet(diagnostic, palette),
  ];
  const related = diagnostic.related ?? [];
  for (const { place, message } of related.slice(0, mostRelated)) lines.push(`  ${describePlace(place)}: ${said(message)}`);
  if (related.length > mostRelated) lines.push(`  … and ${related.length - mostRelated} more places`);
  if (diagnostic.hint !== undefined) lines.push(`  ${palette.strong('→')} ${said(diagnostic.hint)}`);
  return lines.join('\n');
}

function snippet({ place, masked, hides = [] }: Diagnostic, palette: Palette): string[] {
  if (place.file.text.length === 0) return [];
  const { line } = lineAndColumn(place.file, place.start);
  const { text, column, width: underlined } = maskedLine(place, masked === true, hides);
  const visible = text.replace(/\r$/, '').replace(/\t/g, ' ');
  const from = column > longestLine ? column - longestLine / 2 : 0;
  const shown = printable(visible.slice(from, from + longestLine));
  const width = Math.max(1, Math.min(underlined, visible.length - column + 1, from + longestLine - column));
  const number = String(line);
  return [
    palette.faint(`  ${number} | `) + shown,
    palette.faint(`  ${' '.repeat(number.length)} | `) + ' '.repeat(column - 1 - from) + palette.error('^'.repeat(width)),
  ];
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
  const hide = hideSecrets(diagnostic);
  const said = (text: string) => hide(withoutMarkers(text));
  const end = lineAndColumn(place.file, place.end);
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: said(diagnostic.message),
    file: place.file.path,
    ...lineAndColumn(place.file, place.start),
    endLine: end.line,
    endColumn: end.column,
    ...(diagnostic.hint === undefined ? {} : { hint: said(diagnostic.hint) }),
    related: (diagnostic.related ?? []).map((related) => ({
      file: related.place.file.path,
      ...lineAndColumn(related.place.file, related.place.start),
      message: said(related.message),
    })),
  };
}
