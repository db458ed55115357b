import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';

/**
 * base64 of: length of the wrapped key in two bytes, the key wrapped by RSA-OAEP under the label, the value by
 * AES-256-GCM, the tag. No two are the same, also of the same value.
 */
export function sealValue(value: Uint8Array, publicKey: KeyObject, label: Buffer): string {
  const sessionKey = randomBytes(32);
  const wrapped = publicEncrypt({ key: publicKey, ...wrapping, oaepLabel: label }, sessionKey);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(wrapped.length);
  const cipher = createCipheriv('aes-256-gcm', sessionKey, nonce, { authTagLength: tagLength });
  return Buffer.concat([length, wrapped, cipher.update(value), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

export const wrapping = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
/** All zero: a session key seals one value. */
export const nonce = Buffer.alloc(12);
export const tagLength = 16;
