import { findInText } from '../plaintext/find-secrets.ts';

const longest = 300;

/** What others say, in one line and without the values that they repeat: those may be secrets. */
export function said(message: string | null | undefined, length: number = longest): string {
  const line = (message ?? '').replaceAll(/[^\x21-\x7e]+/g, ' ').trim();
  if (line === '') return 'no reason is given';
  const quiet = line.replaceAll(
    /(Invalid value|Unsupported value|Duplicate value): (?:"(?:[^"\\]|\\.)*"|.*?(?=: |, |$))/g,
    '$1: …',
  );
  if (findInText(quiet).length > 0) return 'its words are not shown: they hold what looks like a secret';
  return quiet.length > length ? `${quiet.slice(0, length)}…` : quiet;
}
