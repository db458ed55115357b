import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Generate, Generated, KeyPair, Siblings } from './generate.ts';

const usualBits = 3072;
const fewestBits = 2048;
/** A pair of more takes minutes to find. */
const mostBits = 8192;

/** The private key of a new pair; who wants the public one too declares a key with `publicKeyOf`. */
export function generateKey(keyPair: KeyPair, { bits = usualBits, encoding }: Generate): Generated {
  if (keyPair === 'rsa' && (bits < fewestBits || bits > mostBits)) {
    return { refused: `an RSA key has ${fewestBits} to ${mostBits} bits, not ${bits}` };
  }
  return encode(newPrivateKey(keyPair, bits).export({ type: 'pkcs8', format: 'pem' }), encoding);
}

export function publicKeyOf(source: string, { encoding }: Generate, siblings: Siblings): Generated {
  const value = siblings(source);
  if (value === undefined) return { missing: source };
  const publicKey = publicOf(Buffer.from(value).toString());
  if (publicKey === undefined)
    return { refused: `\`${source}\` holds no private key that can be read (PEM, without a passphrase)` };
  return encode(publicKey.export({ type: 'spki', format: 'pem' }), encoding);
}

function newPrivateKey(keyPair: KeyPair, bits: number): KeyObject {
  if (keyPair === 'rsa') return generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
  if (keyPair === 'p256') return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  return generateKeyPairSync('ed25519').privateKey;
}

/** The private key may have been put into base64 once more. */
function publicOf(written: string): KeyObject | undefined {
  const pem = written.includes('-----BEGIN') ? written : Buffer.from(written, 'base64').toString();
  try {
    return createPublicKey(createPrivateKey(pem));
  } catch {
    return undefined;
  }
}

function encode(pem: string | Buffer, encoding: 'base64' | undefined): Generated {
  return { value: Buffer.from(encoding === 'base64' ? Buffer.from(pem).toString('base64') : pem) };
}
