import { isReference } from './could-be-secret.ts';
import type { Finding } from './finding.ts';
import { decodeBase64, tokenFormats } from './token-formats.ts';

/** Credentials that tell what they are by themselves: private keys, tokens of known form, passwords in URLs. */
export function findCredentials(text: string): Finding[] {
  if (text.length < 8) return [];
  return [...findPrivateKeys(text), ...findTokens(text), ...findUrlPasswords(text)];
}

const privateKey = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[0-9]/g;
const privateKeyEnd = /-----END (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
/** `-----BEGIN` in base64. */
const encodedPem = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{16,}/g;

function findPrivateKeys(text: string): Finding[] {
  const found: Finding[] = [];
  if (text.includes('PRIVATE KEY') || text.includes('PuTTY-User-Key')) found.push(...findBlocks(text));
  if (text.includes('LS0tLS1CRUdJTi')) {
    for (const match of text.matchAll(encodedPem)) {
      if (decodeBase64(match[0].slice(0, 96)).includes('PRIVATE KEY'))
        found.push(at(match.index, match[0].length, 'private key', 'this is a private key in base64'));
    }
  }
  return found;
}

/** From the first line to the last, where there is one: looked for once, since a text may begin very many. */
function findBlocks(text: string): Finding[] {
  const ends = [...text.matchAll(privateKeyEnd)].map((match) => match.index + match[0].length);
  const found: Finding[] = [];
  let [next, last] = [0, 0];
  for (const match of text.matchAll(privateKey)) {
    if (match.index < last) continue;
    while (next < ends.length && (ends[next] as number) <= match.index) next += 1;
    last = match[0].startsWith('-') ? (ends[next] ?? match.index + match[0].length) : match.index + match[0].length;
    found.push(at(match.index, last - match.index, 'private key', 'this is a private key'));
  }
  return found;
}

/** What any of the formats has; most texts do not, and trying all of the formats on them takes its time. */
const words = /[A-Za-z0-9+/_-]{15,}|eyJ|asic |"auth"|Q~/g;

function mayHoldToken(text: string): boolean {
  for (const [word] of text.matchAll(words)) if (word.length < 15 || /[0-9A-Z]/.test(word)) return true;
  return false;
}

let formats: ReturnType<typeof compileFormats> | undefined;

/** When it is needed: it takes milliseconds. */
function compileFormats() {
  const all = tokenFormats.map(({ pattern }) => `(?:${pattern})`).join('|');
  return {
    // One inside a longer word would be chance.
    any: new RegExp(`(?<![A-Za-z0-9+/])(?:${all})(?![A-Za-z0-9])`, 'g'),
    each: tokenFormats.map((format) => ({ ...format, whole: new RegExp(`^(?:${format.pattern})$`) })),
  };
}

function findTokens(text: string): Finding[] {
  if (!mayHoldToken(text)) return [];
  formats ??= compileFormats();
  const { any, each } = formats;
  const found: Finding[] = [];
  for (const match of text.matchAll(any)) {
    const format = each.find(({ whole }) => whole.test(match[0]));
    if (format === undefined || format.accepts?.(match[0]) === false) continue;
    found.push(at(match.index, match[0].length, 'token', `this looks like ${format.name}`));
  }
  return found;
}

const userInfo = /[A-Za-z][A-Za-z0-9+.-]{0,31}:\/\/([^\s/?#@:'"`<>]*):([^\s/?#@'"`<>]+)@([^\s/?#'"`<>:]*)/g;

function findUrlPasswords(text: string): Finding[] {
  if (!text.includes('://') || !text.includes('@')) return [];
  const found: Finding[] = [];
  for (const match of text.matchAll(userInfo)) {
    const [whole, user = '', password = '', host = ''] = match;
    if (isReference(password) || /^(?:\$|%[({s]|\{|[*xX.…]+$)/.test(password) || isExample(user, password, host)) continue;
    const start = match.index + whole.length - host.length - 1 - password.length;
    found.push(at(start, password.length, 'URL', 'this URL carries a password'));
  }
  return found;
}

/** `postgresql://user:password@host:port/database` says what goes where. */
function isExample(user: string, password: string, host: string): boolean {
  return (
    /^(?:user(?:name)?|login)?$/i.test(user) && /^(?:pass(?:word)?|pwd|secret)$/i.test(password) && /^host(?:name)?$/i.test(host)
  );
}

function at(start: number, length: number, kind: Finding['kind'], what: string): Finding {
  return { kind, what, start, end: start + length };
}
