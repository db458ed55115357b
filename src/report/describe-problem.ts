import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson } from '../diagnostics/format-diagnostic.ts';
import { maskedLine } from '../diagnostics/hide-secrets.ts';
import { lineAndColumn, type Place, startOfLine } from '../model/source-file.ts';
import type { Problem } from './report.ts';

const around = 3;
const longest = 400;

/** A diagnostic with the lines around it, as they may be shown. */
export function describeProblem(diagnostic: Diagnostic): Problem {
  const { place, masked = false, hides = [], overlays = [] } = diagnostic;
  const { code, message, file, line, hint, related } = diagnosticToJson(diagnostic);
  const own = maskedLine(place, masked, hides);
  return {
    ...{ code, severity: diagnostic.severity, message, file, line },
    column: own.column,
    width: Math.max(1, Math.min(own.width, own.text.length - own.column + 1)),
    hint: hint ?? null,
    source: place.file.text === '' ? { first: 1, lines: [] } : linesAround(place, own.text, hides),
    related,
    overlays: overlays.map((folder) => folder.slice('overlays/'.length)),
  };
}

function linesAround({ file, start }: Place, own: string, hides: readonly Place[]): Problem['source'] {
  const { line } = lineAndColumn(file, start);
  const last = Math.min(lineAndColumn(file, file.text.length).line, line + around);
  const first = Math.max(1, line - around);
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const lines = numbers.map((number) => {
    const at = startOfLine(file, number);
    return number === line ? own : maskedLine({ file, start: at, end: at }, false, hides).text;
  });
  return { first, lines: lines.map((text) => text.replace(/\r$/, '').slice(0, longest)) };
}
