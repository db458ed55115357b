import { couldBeSecret } from './could-be-secret.ts';
import { findAssignments, named, type Style } from './find-assignments.ts';
import { findCredentials } from './find-credentials.ts';
import { findManifestSecrets } from './find-manifest-secrets.ts';
import { findRandom } from './find-random.ts';
import { type Finding, withoutOverlaps } from './finding.ts';
import { secretName } from './secret-names.ts';

/** The first thing in a value, which goes by this name, that looks like a secret. */
export function looksLikeSecret(name: string | undefined, text: string): Finding | undefined {
  return findInValue(name, text)[0];
}

/** Secrets in a value: of what kind it is by its name, by its own form, and by what it assigns. */
export function findInValue(name: string | undefined, text: string): readonly Finding[] {
  const kind = name === undefined ? undefined : secretName(name);
  const secret = kind !== undefined && couldBeSecret(text, kind);
  // Nothing else is as short.
  if (text.length < 8 && !secret) return none;
  const lines = text.includes('\n');
  const inside = insideOf(name, text, lines ? 'lines' : 'value');
  return secret ? withoutOverlaps([...inside, ...whole(name as string, text)]) : inside;
}

/** Secrets in the text of a file, line by line. */
export function findInText(text: string): readonly Finding[] {
  return insideOf(undefined, text, 'lines');
}

const none: readonly Finding[] = [];
const remembered = new Map<string, readonly Finding[]>();

/** A fleet repeats its texts in very many places. */
function insideOf(name: string | undefined, text: string, style: Style): readonly Finding[] {
  const id = `${style}${name ?? ''}\0${text}`;
  const known = remembered.get(id);
  if (known !== undefined) return known;
  const found = withoutOverlaps([
    ...findCredentials(text),
    ...findAssignments(text, style),
    ...(style === 'lines' ? findManifestSecrets(text) : []),
    ...findRandom(name, text),
  ]);
  const result = found.length === 0 ? none : found;
  if (remembered.size > 20_000) remembered.clear();
  remembered.set(id, result);
  return result;
}

function whole(name: string, text: string): Finding[] {
  return [named(name, text.length - text.trimStart().length, text.trimEnd().length)];
}
