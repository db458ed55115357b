import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { compare } from 'bcryptjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Generate, Generated, Siblings } from '../../src/sealing/generate.ts';
import { generateValue } from '../../src/sealing/generate-value.ts';
import { settings } from '../support/fast-check-settings.ts';
import { throwawayKey, throwawayText } from './throwaway.ts';

const none: Siblings = () => undefined;

function siblings(values: Readonly<Record<string, string | Uint8Array>>): Siblings {
  return (key) => (Object.hasOwn(values, key) ? Buffer.from(values[key] as string) : undefined);
}

async function make(how: Generate, given: Siblings = none): Promise<string> {
  return bytesOf(await generateValue(how, given)).toString();
}

function bytesOf(generated: Generated): Buffer {
  if ('value' in generated) return generated.value;
  throw new Error(JSON.stringify(generated));
}

async function refusal(how: Generate, given: Siblings = none): Promise<string> {
  const generated = await generateValue(how, given);
  return 'refused' in generated ? generated.refused : '';
}

const length = fc.integer({ min: 1, max: 200 });

describe('random text', () => {
  test('is as long as declared and of the declared characters', async () => {
    const alphabet = fc.uniqueArray(fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 1 }), { minLength: 2 });
    await fc.assert(
      fc.asyncProperty(length, alphabet, async (length, letters) => {
        const alphabet = letters.join('');
        expect(Buffer.from(await make({ base64: length }), 'base64')).toHaveLength(length);
        expect(await make({ hex: length })).toMatch(new RegExp(`^[0-9a-f]{${2 * length}}$`));
        expect(await make({ alphanumeric: length })).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`));
        expect(await make({ length })).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`));
        const made = [...(await make({ length, alphabet }))];
        expect(made).toHaveLength(length);
        for (const letter of made) expect([...alphabet]).toContain(letter);
      }),
      settings(100),
    );
  });

  test('is another each time', async () => {
    for (const how of [{ base64: 16 }, { hex: 16 }, { alphanumeric: 20 }, { length: 64, alphabet: 'ab' }]) {
      expect(await make(how)).not.toBe(await make(how));
    }
  });

  /** By chance a fair draw fails this once in some 10^15 runs; a byte modulo 62 never passes it. */
  test.each([
    ['letters and digits', {}, 62],
    ['an alphabet that names a letter twice', { alphabet: 'aabc' }, 3],
  ])('has each of %s as often', async (_, how, size) => {
    const drawn = 600_000;
    const counts = new Map<string, number>();
    for (const letter of await make({ length: drawn, ...how })) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(size);
    const expected = drawn / size;
    for (const [letter, count] of counts) expect(Math.abs(count - expected), letter).toBeLessThan(9 * Math.sqrt(expected));
  });

  test.each(['', 'a', 'aaa'])('of the alphabet `%s` is refused', async (alphabet) => {
    expect(await refusal({ length: 8, alphabet })).toContain('two different characters');
  });
});

describe('a key pair', () => {
  const pairs = [
    ['rsa', {}, 'rsa', { modulusLength: 3072 }],
    ['rsa', { bits: 2048 }, 'rsa', { modulusLength: 2048 }],
    ['ed25519', {}, 'ed25519', {}],
    ['p256', {}, 'ec', { namedCurve: 'prime256v1' }],
  ] as const;

  test.each(pairs)('%s %j is PKCS#8, and its public key SPKI', async (keyPair, how, type, details) => {
    const privatePem = await make({ keyPair, ...how });
    expect(privatePem).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\s\S]*-----END PRIVATE KEY-----\n$/);
    const privateKey = createPrivateKey(privatePem);
    expect(privateKey).toMatchObject({ asymmetricKeyType: type, asymmetricKeyDetails: details });
    const publicPem = await make({ publicKeyOf: 'KEY' }, siblings({ KEY: privatePem }));
    expect(publicPem).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]*-----END PUBLIC KEY-----\n$/);
    const text = Buffer.from('signed');
    const algorithm = type === 'ed25519' ? null : 'sha256';
    expect(verify(algorithm, text, createPublicKey(publicPem), sign(algorithm, text, privateKey))).toBe(true);
  });

  test('in base64 is the PEM on one line, and is read back from it', async () => {
    const encoded = await make({ keyPair: 'ed25519', encoding: 'base64' });
    expect(encoded).toMatch(/^[A-Za-z0-9+/]+=*$/);
    const pem = Buffer.from(encoded, 'base64').toString();
    expect(createPrivateKey(pem).asymmetricKeyType).toBe('ed25519');
    const [ofEncoded, ofPem] = [encoded, pem].map((KEY) => make({ publicKeyOf: 'KEY' }, siblings({ KEY })));
    expect(await ofEncoded).toBe(await ofPem);
    const encodedPublic = await make({ publicKeyOf: 'KEY', encoding: 'base64' }, siblings({ KEY: pem }));
    expect(Buffer.from(encodedPublic, 'base64').toString()).toBe(await ofPem);
  });

  test.each([1024, 2047, 16_384])('of %i bits is refused', async (bits) => {
    expect(await refusal({ keyPair: 'rsa', bits })).toContain(`not ${bits}`);
  });

  const locked = generateKeyPairSync('ed25519').privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'throwaway',
  });
  test.each([
    ['no key', 'throwaway'],
    ['a public key', createPublicKey(throwawayKey('valid')).export({ type: 'spki', format: 'pem' })],
    ['a certificate', throwawayText('valid.pem')],
    ['a locked key', locked],
    ['bytes', randomBytes(40)],
  ])('has no public key where there is %s', async (_, KEY) => {
    expect(await refusal({ publicKeyOf: 'KEY' }, siblings({ KEY }))).toMatch(/^`KEY` holds no private key/);
  });
});

describe('a hashed password', () => {
  test('is known again by bcrypt, and no other is', async () => {
    const password = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 18 }).filter((text) => !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(password, async (password) => {
        fc.pre(Buffer.byteLength(password) < 72);
        const hashed = await make({ bcryptOf: 'KEY', cost: 4 }, siblings({ KEY: password }));
        expect(hashed).toMatch(/^\$2b\$04\$.{53}$/);
        expect(await compare(password, hashed)).toBe(true);
        expect(await compare(`${password}x`, hashed)).toBe(false);
      }),
      settings(20),
    );
  });

  test('costs 10 unless it says otherwise, and has its own salt', async () => {
    const [one, two] = await Promise.all([0, 1].map(() => make({ bcryptOf: 'KEY' }, siblings({ KEY: 'throwaway' }))));
    expect(one).toMatch(/^\$2b\$10\$/);
    expect(one).not.toBe(two);
  });

  test('in an htpasswd line stands after its user, as htpasswd writes it', async () => {
    const line = await make({ htpasswd: { user: 'ops', passwordOf: 'KEY' }, cost: 4 }, siblings({ KEY: 'throwaway' }));
    expect(line).toMatch(/^ops:\$2y\$04\$.{53}$/);
    expect(await compare('throwaway', line.slice('ops:'.length))).toBe(true);
  });

  test.each(['', 'a:b', 'a\nb'])('has no user `%s`', async (user) => {
    expect(await refusal({ htpasswd: { user, passwordOf: 'KEY' } }, siblings({ KEY: 'throwaway' }))).toContain('no colon');
  });

  test('72 bytes are hashed whole', async () => {
    const password = 'ä'.repeat(36);
    const hashed = await make({ bcryptOf: 'KEY', cost: 4 }, siblings({ KEY: password }));
    expect(await compare(`${password.slice(0, -1)}ü`, hashed)).toBe(false);
  });

  test.each([
    ['more than 72 bytes', 'x'.repeat(73), 'longer than 72 bytes'],
    ['more than 72 bytes in fewer letters', 'ä'.repeat(37), 'longer than 72 bytes'],
    ['a NUL', 'throw\0away', 'NUL byte'],
    ['what is no UTF-8', Buffer.of(0x70, 0xff, 0x71), 'no text in UTF-8'],
  ])('%s is refused, and not shown', async (_, KEY, reason) => {
    for (const how of [{ bcryptOf: 'KEY' }, { htpasswd: { user: 'ops', passwordOf: 'KEY' } }]) {
      const refused = await refusal(how, siblings({ KEY }));
      expect(refused).toMatch(/^`KEY` /);
      expect(refused).toContain(reason);
      expect(refused).not.toContain(KEY.toString().slice(0, 5));
    }
  });

  test.each([3, 17, 10.5])('a cost of %d is refused', async (cost) => {
    expect(await refusal({ bcryptOf: 'KEY', cost }, siblings({ KEY: 'throwaway' }))).toContain(`not ${cost}`);
  });
});

test.each([{ publicKeyOf: 'KEY' }, { bcryptOf: 'KEY' }, { htpasswd: { user: 'ops', passwordOf: 'KEY' } }])(
  'a sibling that is not at hand is named: %j',
  async (how) => {
    expect(await generateValue(how, none)).toEqual({ missing: 'KEY' });
  },
);

test('no way at all is refused', async () => {
  expect(await refusal({})).toContain('does not say how');
});
