import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson } from '../diagnostics/format-diagnostic.ts';
import { maskedLine } from '../diagnostics/hide-secrets.ts';
import { lineAndColumn, type Place } from '../model/source-file.ts';
import type { Problem } from './report.ts';
import { type Masks, masksOf, shownLine } from './shown-lines.ts';

const around = 3;
const longest = 400;
/** Of a line that is too long, how much is shown before what is meant. */
const before = 80;

/** Diagnostics with the lines around them, as they may be shown: what one of them masks none of the others shows. */
export function describeProblems(diagnostics: readonly Diagnostic[]): Problem[] {
  const masksIn = masksOf(diagnostics);
  return diagnostics.map((diagnostic) => describeProblem(diagnostic, masksIn(diagnostic.place.file.path)));
}

function describeProblem(diagnostic: Diagnostic, masks: Masks): Problem {
  const { place, masked = false, hides = [], overlays = [] } = diagnostic;
  const { code, message, file, line, hint, related } = diagnosticToJson(diagnostic);
  const others = masks.places.filter((other) => other !== place);
  const own = cut(maskedLine(place, masked, [...hides, ...others]));
  return {
    ...{ code, severity: diagnostic.severity, message, file, line },
    column: own.column,
    width: Math.max(1, Math.min(own.width, own.text.length - own.column + 1)),
    hint: hint ?? null,
    source: place.file.text === '' ? { first: 1, lines: [] } : linesAround(place, own.text, masks),
    related,
    overlays: overlays.map((folder) => folder.slice('overlays/'.length)),
  };
}

/** So that what is meant is in what is shown. */
function cut({ text, column, width }: ReturnType<typeof maskedLine>): ReturnType<typeof maskedLine> {
  const whole = text.replace(/\r$/, '');
  const from = whole.length > longest ? Math.max(0, column - 1 - before) : 0;
  const lead = from === 0 ? '' : '…';
  return { text: lead + whole.slice(from, from + longest), column: column - from + lead.length, width };
}

function linesAround({ file, start }: Place, own: string, masks: Masks): Problem['source'] {
  const { line } = lineAndColumn(file, start);
  const last = Math.min(lineAndColumn(file, file.text.length).line, line + around);
  const first = Math.max(1, line - around);
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const lines = numbers.map((number) =>
    number === line ? own : shownLine(file, number, masks).replace(/\r$/, '').slice(0, longest),
  );
  return { first, lines };
}
