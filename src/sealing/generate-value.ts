import { randomBytes, randomInt } from 'node:crypto';
import type { Generate, Generated, Siblings } from './generate.ts';
import { generateKey, publicKeyOf } from './generate-key.ts';
import { hashPassword } from './hash-password.ts';

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new value, each time another. `siblings` gives the values of the same secret that are at hand. */
export async function generateValue(how: Generate, siblings: Siblings): Promise<Generated> {
  if (how.base64 !== undefined) return text(randomBytes(how.base64).toString('base64'));
  if (how.hex !== undefined) return text(randomBytes(how.hex).toString('hex'));
  if (how.alphanumeric !== undefined) return randomText(how.alphanumeric, lettersAndDigits);
  if (how.length !== undefined) return randomText(how.length, how.alphabet ?? lettersAndDigits);
  if (how.keyPair !== undefined) return generateKey(how.keyPair, how);
  if (how.publicKeyOf !== undefined) return publicKeyOf(how.publicKeyOf, how, siblings);
  if (how.bcryptOf !== undefined) return hashPassword(how.bcryptOf, how.cost, siblings);
  if (how.htpasswd !== undefined) return htpasswdLine(how.htpasswd, how.cost, siblings);
  return { refused: 'it does not say how: base64, hex, alphanumeric, length, keyPair, publicKeyOf, bcryptOf or htpasswd' };
}

/** A letter that the alphabet names twice must not come twice as often. */
function randomText(length: number, alphabet: string): Generated {
  const letters = [...new Set(alphabet)];
  if (letters.length < 2)
    return { refused: 'its alphabet has fewer than two different characters, so that there is nothing to choose' };
  return text(Array.from({ length }, () => letters[randomInt(letters.length)]).join(''));
}

async function htpasswdLine(
  { user, passwordOf }: NonNullable<Generate['htpasswd']>,
  cost: number | undefined,
  siblings: Siblings,
): Promise<Generated> {
  if (!/^[^:\p{Cc}]+$/u.test(user)) {
    return { refused: 'the user of an htpasswd line has at least one character, no colon and no control character' };
  }
  const hashed = await hashPassword(passwordOf, cost, siblings);
  // `2y` is what htpasswd itself writes, and the only one that every reader of such files takes; the hash is the same.
  return 'value' in hashed ? text(`${user}:${hashed.value.toString().replace(/^\$2b\$/, '$2y$')}`) : hashed;
}

function text(value: string): Generated {
  return { value: Buffer.from(value) };
}
