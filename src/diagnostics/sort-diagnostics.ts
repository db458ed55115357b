import { type Diagnostic, distinctPlaces } from './diagnostic.ts';
import { hideMasked } from './hide-masked.ts';

/** By file, place and code, each problem once: a shared System is resolved for many environments. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const distinct = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { place, code, message } = diagnostic;
    const id = [place.file.path, place.start, place.end, code, message].join('\n');
    const same = distinct.get(id);
    distinct.set(id, same === undefined ? diagnostic : together(same, diagnostic));
  }
  return [...hideMasked([...distinct.values()])].sort(
    (a, b) =>
      compareText(a.place.file.path, b.place.file.path) ||
      a.place.start - b.place.start ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

function together(one: Diagnostic, other: Diagnostic): Diagnostic {
  if (one.overlays === undefined || other.overlays === undefined) return one.overlays === undefined ? one : other;
  const overlays = [...new Set([...one.overlays, ...other.overlays])];
  // Each names the environment in which it arises.
  const related = distinctPlaces([...(one.related ?? []), ...(other.related ?? [])]);
  return { ...other, overlays, ...(related.length === 0 ? {} : { related }) };
}

/** By code unit, so that the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
