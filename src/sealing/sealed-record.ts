import { createHash } from 'node:crypto';

/** The annotation of a sealed file that holds the record; it is no part of what is compiled. */
export const recordAnnotation = 'stowage.dev/sealed';

/** What is known of the keys of a sealed file; nothing of a key that kubeseal wrote. */
export type SealedRecord = ReadonlyMap<string, KeyRecord>;

export interface KeyRecord {
  /** First 16 hex digits of the certificate's fingerprint. */
  readonly certificate: string;
  /** Day on which the value last changed; encrypting it anew keeps the day. */
  readonly since: string;
  /** By which the value is recognized; none where no key was at hand. */
  readonly mac?: string;
  /** Of a composed value: digest of its text with names in place of secrets. */
  readonly text?: string;
  /** `generated`: nobody chose the value, so that it may be replaced unasked. */
  readonly made?: string;
  /** Digest of the ciphertext that this was written about. */
  readonly blob?: string;
}

const forms: Readonly<Record<keyof KeyRecord, RegExp>> = {
  certificate: /^[0-9a-f]{16}$/,
  since: /^\d{4}-\d{2}-\d{2}$/,
  mac: /^[0-9a-f]{8}:[\w-]{22}$/,
  text: /^[0-9a-f]{16}$/,
  made: /^generated$/,
  blob: /^[0-9a-f]{16}$/,
};
const fields = Object.keys(forms) as (keyof KeyRecord)[];

/**
 * The record of a file, given the ciphertext of its keys. kubeseal merges a new value into a file and leaves the
 * annotation alone: what was written about another ciphertext says nothing, and nor does a line that is damaged
 * or there twice.
 */
export function readSealedRecord(text: string | undefined, blobOf: (key: string) => unknown): SealedRecord {
  const record = new Map<string, KeyRecord>();
  const seen = new Set<string>();
  for (const line of (text ?? '').split(/\r?\n/)) {
    const [, key, rest = ''] = /^\s*([-._a-zA-Z0-9]+):\s(.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    const read = readLine(rest);
    const blob = blobOf(key);
    if (seen.has(key)) record.delete(key);
    else if (read !== undefined && isAbout(read, blob)) record.set(key, read);
    seen.add(key);
  }
  return record;
}

/** One line a key, in the order of their names: two people who seal different keys change different lines. */
export function printSealedRecord(record: SealedRecord): string {
  const keys = [...record.keys()].sort();
  return keys.map((key) => `${key}: ${printLine(record.get(key) as KeyRecord)}\n`).join('');
}

export function blobDigest(blob: string): string {
  return createHash('sha256').update(blob).digest('hex').slice(0, 16);
}

function isAbout(record: KeyRecord, blob: unknown): boolean {
  return typeof blob === 'string' && (record.blob === undefined || record.blob === blobDigest(blob));
}

function readLine(line: string): KeyRecord | undefined {
  const read: Partial<Record<keyof KeyRecord, string>> = {};
  for (const word of line.trim().split(/\s+/)) {
    const [name, value = ''] = [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)];
    // A later version may write more than this one knows.
    if (!isField(name)) continue;
    if (!forms[name].test(value)) return undefined;
    read[name] = value;
  }
  const { certificate, since, ...others } = read;
  return certificate === undefined || since === undefined ? undefined : { certificate, since, ...others };
}

function isField(name: string): name is keyof KeyRecord {
  return Object.hasOwn(forms, name);
}

function printLine(record: KeyRecord): string {
  return fields.flatMap((field) => (record[field] === undefined ? [] : [`${field}=${record[field]}`])).join(' ');
}
