import type { Place } from '../model/source-file.ts';
import type { Diagnostic } from './diagnostic.ts';

/**
 * What one diagnostic masks none of the others shows: those about the same text may have it in their messages and
 * are left out until it is gone; those on the same line do not show it in their excerpts.
 */
export function hideMasked(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const masked = diagnostics.filter((diagnostic) => diagnostic.masked === true);
  if (masked.length === 0) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    const { place } = diagnostic;
    const others = masked.filter((other) => other.code !== diagnostic.code && overlap(other.place, place));
    // What looks like a secret is told by whoever knows which one it is.
    if (others.length > 0 && (diagnostic.masked !== true || diagnostic.code === 'plaintext-secret')) return [];
    const hides = masked.filter((other) => other.place !== place && overlap(other.place, lineOf(place)));
    return hides.length === 0 ? [diagnostic] : [{ ...diagnostic, hides: hides.map((other) => other.place) }];
  });
}

function overlap(one: Place, other: Place): boolean {
  return one.file.path === other.file.path && one.start < other.end && other.start < one.end;
}

/** All of the line that an excerpt shows. */
export function lineOf({ file, start }: Place): Place {
  const end = file.text.indexOf('\n', start);
  return { file, start: file.text.lastIndexOf('\n', start - 1) + 1, end: end < 0 ? file.text.length : end };
}
