import { createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto';
import { nonce, tagLength, wrapping } from './seal-value.ts';

interface Parts {
  readonly wrapped: Buffer;
  readonly encrypted: Buffer;
  readonly tag: Buffer;
}

/** The value, if one of the keys opens it under this label. A bad blob and a wrong key look alike, and neither throws. */
export function unsealValue(blob: string, privateKeys: readonly KeyObject[], label: Buffer): Buffer | undefined {
  const parts = partsOf(blob);
  if (parts === undefined) return undefined;
  for (const key of privateKeys) {
    const value = open(parts, key, label);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether a text has the form of a sealed value; only its private key can tell whether it is one. */
export function looksSealed(blob: string): boolean {
  return partsOf(blob) !== undefined;
}

function open({ wrapped, encrypted, tag }: Parts, key: KeyObject, label: Buffer): Buffer | undefined {
  try {
    const sessionKey = privateDecrypt({ key, ...wrapping, oaepLabel: label }, wrapped);
    const decipher = createDecipheriv('aes-256-gcm', sessionKey, nonce, { authTagLength: tagLength });
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(encrypted), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** RSA keys of 1024 to 16384 bits: what is outside of that is no wrapped key but some other text in base64. */
const shortestKey = 128;
const longestKey = 2048;

function partsOf(blob: string): Parts | undefined {
  // The controller skips line breaks too.
  const text = blob.replace(/[\r\n]/g, '');
  const bytes = Buffer.from(text, 'base64');
  // Node reads over what is no base64.
  if (bytes.length < 2 || bytes.toString('base64') !== text) return undefined;
  const end = 2 + bytes.readUInt16BE();
  if (end < 2 + shortestKey || end > 2 + longestKey || bytes.length < end + tagLength) return undefined;
  return {
    wrapped: bytes.subarray(2, end),
    encrypted: bytes.subarray(end, -tagLength),
    tag: bytes.subarray(-tagLength),
  };
}
