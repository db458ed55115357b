import { createHmac, timingSafeEqual } from 'node:crypto';

/** A key outside of Git, with which a person or CI recognizes a value that it sealed before. */
export interface MacKey {
  /** Tells keys apart and nothing of the key. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** Where a value belongs. It is part of the MAC, so that nobody sees that two places have the same value. */
export interface Place {
  readonly environment: string;
  readonly system: string;
  readonly secret: string;
  readonly key: string;
}

const fewestBytes = 32;
const macLength = 16;

/** Hex or base64 of at least 32 random bytes. What is wrong is said without a letter of the key. */
export function readMacKey(text: string): MacKey | { readonly problem: string } {
  // openssl breaks long base64 into lines; a blank between words is a passphrase, and no key.
  const bytes = decode(text.trim().replace(/[\r\n]/g, ''));
  if (bytes === undefined) return { problem: `it is neither hex nor base64; ${advice}` };
  if (bytes.length < fewestBytes) return { problem: `it has ${bytes.length} bytes, and ${fewestBytes} are needed; ${advice}` };
  if (isPattern(bytes)) return { problem: `it is not random; ${advice}` };
  return { id: hmac(bytes, ['stowage.dev/mac-key-id/v1']).toString('hex', 0, 4), bytes };
}

const advice = '`openssl rand -hex 32` makes one';

/** `<key id>:<MAC>`, as a record holds it. */
export function macOf(key: MacKey, place: Place, value: Uint8Array): string {
  return `${key.id}:${macBytes(key, place, value).toString('base64url')}`;
}

/** Unknown: nothing is recorded, or it was recorded with another key. */
export function sameMac(
  key: MacKey,
  place: Place,
  value: Uint8Array,
  recorded: string | undefined,
): 'same' | 'different' | 'unknown' {
  const [id, mac = ''] = (recorded ?? '').split(':');
  const bytes = Buffer.from(mac, 'base64url');
  if (id !== key.id || bytes.length !== macLength) return 'unknown';
  return timingSafeEqual(bytes, macBytes(key, place, value)) ? 'same' : 'different';
}

function macBytes(key: MacKey, { environment, system, secret, key: name }: Place, value: Uint8Array): Buffer {
  return hmac(key.bytes, ['stowage.dev/value-mac/v1', environment, system, secret, name, value]).subarray(0, macLength);
}

/** Each part after its length: no part can be shifted into the next. */
function hmac(key: Buffer, parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHmac('sha256', key);
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(bytes.length));
    hash.update(length).update(bytes);
  }
  return hash.digest();
}

function decode(written: string): Buffer | undefined {
  // Hex digits are base64 as well, of more bytes than were meant.
  if (/^([0-9a-f]{2})+$/i.test(written)) return Buffer.from(written, 'hex');
  if (!/^[\w+/-]+={0,2}$/.test(written)) return undefined;
  return Buffer.from(written, 'base64');
}

/** Of 32 random bytes some 30 are distinct; as few as 16 never happen. */
function isPattern(bytes: Buffer): boolean {
  const steps = new Set(bytes.subarray(1).map((byte, index) => byte - (bytes[index] as number)));
  return new Set(bytes).size < 16 || steps.size < 16;
}
