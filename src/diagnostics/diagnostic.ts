import type { Place } from '../model/source-file.ts';
import type { DiagnosticCode } from './codes.ts';

export type Severity = 'error' | 'warning';

/** A problem as a value: rules report it, nobody throws it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  readonly related?: readonly RelatedPlace[];
  /** What to do about it. */
  readonly hint?: string;
  /** The folders of the overlays in which it arises; absent when it is a matter of the descriptions alone. */
  readonly overlays?: readonly string[];
  /** The text at the place is, or may be, a secret: it is never shown. */
  readonly masked?: true;
  /** What others found that is never shown, and that stands on the same line. */
  readonly hides?: readonly Place[];
}

export interface RelatedPlace {
  readonly place: Place;
  readonly message: string;
}

/** Each place once with what is said of it. */
export function distinctPlaces(related: readonly RelatedPlace[]): RelatedPlace[] {
  const byId = new Map<string, RelatedPlace>();
  for (const one of related) {
    const id = [one.place.file.path, one.place.start, one.place.end, one.message].join('\n');
    if (!byId.has(id)) byId.set(id, one);
  }
  return [...byId.values()];
}

/** How phases hand over what they find. */
export type Report = (diagnostic: Diagnostic) => void;

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
