import { couldBeSecret } from './could-be-secret.ts';
import { findAssignments, named, type Style } from './find-assignments.ts';
import { findCredentials } from './find-credentials.ts';
import { findManifestSecrets } from './find-manifest-secrets.ts';
import { findRandom } from './find-random.ts';
import { type Finding, withoutOverlaps } from './finding.ts';
import { namesDigest, secretName } from './secret-names.ts';

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

/** A fleet repeats its texts in very many places. */
const remembered = {
  lines: new Map<string, readonly Finding[]>(),
  value: new Map<string, readonly Finding[]>(),
  digest: new Map<string, readonly Finding[]>(),
};

function insideOf(name: string | undefined, text: string, style: Style): readonly Finding[] {
  const digest = style === 'value' && name !== undefined && namesDigest(name);
  const known = remembered[digest ? 'digest' : style];
  const before = known.get(text);
  if (before !== undefined) return before;
  const found = withoutOverlaps([
    ...findCredentials(text),
    ...findAssignments(text, style),
    ...(style === 'lines' ? findManifestSecrets(text) : []),
    ...(digest ? [] : findRandom(text)),
  ]);
  const result = found.length === 0 ? none : found;
  if (known.size > 20_000) known.clear();
  known.set(text, result);
  return result;
}

function whole(name: string, text: string): Finding[] {
  return [named(name, text.length - text.trimStart().length, text.trimEnd().length)];
}
