import type { Report } from '../diagnostics/diagnostic.ts';
import { placeOf } from '../model/origin.ts';
import type { Tracked } from '../model/tracked.ts';
import type { SecretReference } from './secret-text.ts';

/** Sealing assembles each text from values that are there, in no order; a text of texts would need one. */
export function reportComposedOfComposed(
  { secret, key }: SecretReference,
  read: SecretReference,
  compose: Tracked<string>,
  report: Report,
): void {
  const place = placeOf(compose.origin);
  // An evaluator tells of one that reads itself.
  if (place === undefined || (read.secret === secret && read.key === key)) return;
  report({
    code: 'secret-declaration',
    severity: 'error',
    message: `\`${secret}.${key}\` is composed of \`${read.secret}.${read.key}\`, which is composed itself`,
    place,
    hint: 'write out what that one is composed of',
  });
}
