import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Place, placeAt } from '../model/source-file.ts';
import type { Tracked } from '../model/tracked.ts';

export function unclosedExpression(node: Tracked<string>, at: number): Diagnostic | undefined {
  const place = placeInside(node, { start: at, end: at + 2 });
  if (place === undefined) return undefined;
  const hint = 'close it with `}`; a literal `${` is written `$${`';
  return { code: 'expression-syntax', severity: 'error', message: '`${` is never closed', place, hint };
}

/** The stretch of an expression inside its scalar, where the file has the text as it was parsed; else the scalar. */
export function placeInside(node: Tracked<string>, range: { start: number; end: number } | undefined): Place | undefined {
  if (node.origin.kind !== 'spec') return undefined;
  const { place } = node.origin;
  if (range === undefined) return place;
  const written = place.file.text.slice(place.start, place.end);
  const offset = written.indexOf(node.value);
  if (offset < 0) {
    // Folded and indented text stands otherwise in the file than in the value: seek the stretch itself.
    const stretch = node.value.slice(range.start, range.end);
    const found = stretch.trim() === '' ? -1 : written.indexOf(stretch);
    return found < 0 ? place : placeAt(place.file, place.start + found, place.start + found + stretch.length);
  }
  const start = place.start + offset + range.start;
  return placeAt(place.file, start, Math.max(place.start + offset + range.end, start + 1));
}
