import type { Diagnostic } from './diagnostic.ts';

/** By file, place and code, each problem once: a shared System is resolved for many environments. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const distinct = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { place, code, message } = diagnostic;
    distinct.set([place.file.path, place.start, place.end, code, message].join('\n'), diagnostic);
  }
  return [...distinct.values()].sort(
    (a, b) =>
      compareText(a.place.file.path, b.place.file.path) ||
      a.place.start - b.place.start ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

/** By code unit, so that the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
