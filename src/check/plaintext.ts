import type { Report } from '../diagnostics/diagnostic.ts';
import type { Place } from '../model/source-file.ts';

/** What looks like a secret at a place of an input. */
export interface Plaintext {
  readonly place: Place;
  readonly what: string;
  /** The field as a waiver names it, where it has a name. */
  readonly at: string | undefined;
  /** The secret itself, to know it again; never shown. */
  readonly text: string;
}

export function reportPlaintext(found: Plaintext, report: Report): void {
  const waiver = found.at === undefined ? '' : `; if it is none, say \`notSecret: [{ at: ${found.at}, reason: … }]\``;
  report({
    code: 'plaintext-secret',
    severity: 'error',
    message: found.what,
    place: found.place,
    masked: true,
    hint: `declare it under \`secrets\` of a System, refer to it by \${secrets.<name>.<key>}, and change it: it was written down${waiver}`,
  });
}

export function overlaps(a: Place, b: Place): boolean {
  return a.file.path === b.file.path && a.start < b.end && b.start < a.end;
}
