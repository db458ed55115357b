import { digestOf } from '../model/digest.ts';

/**
 * While expressions are evaluated, a secret is a marker inside the text, so that it can be composed like
 * any other text. NUL cannot occur in an input, so a marker cannot be forged.
 */
export interface SecretReference {
  readonly secret: string;
  readonly key: string;
}

export type SecretTextPart = string | SecretReference;

const pattern = /\0([^\0/]+)\/([^\0]+)\0/g;

export function secretMarker(secret: string, key: string): string {
  return `\0${secret}/${key}\0`;
}

export function holdsSecret(text: string): boolean {
  return text.includes('\0');
}

export function splitSecretText(text: string): SecretTextPart[] {
  const parts: SecretTextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push({ secret: match[1] as string, key: match[2] as string });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Tells a composed text from another one without knowing a value: secrets stand in it by their names. */
export function composedTextDigest(text: string): string {
  return digestOf(text).slice(0, 16);
}
