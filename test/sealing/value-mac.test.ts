import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MacKey, macOf, type Place, readMacKey, sameMac } from '../../src/sealing/value-mac.ts';
import { settings } from '../support/fast-check-settings.ts';

function keyOf(bytes: Buffer): MacKey {
  const read = readMacKey(bytes.toString('hex'));
  if ('problem' in read) throw new Error(read.problem);
  return read;
}
const key = keyOf(randomBytes(32));
const place: fc.Arbitrary<Place> = fc.record({
  environment: fc.string(),
  system: fc.string(),
  secret: fc.string(),
  key: fc.string(),
});
const value = fc.uint8Array({ maxLength: 200 });
const here: Place = { environment: 'prod-eu', system: 'shop', secret: 'db', key: 'password' };

test('the same value at the same place is recognized', () => {
  fc.assert(
    fc.property(place, value, (place, value) => {
      const mac = macOf(key, place, value);
      expect(mac).toMatch(/^[0-9a-f]{8}:[\w-]{22}$/);
      expect(macOf(key, { ...place }, Buffer.from(value))).toBe(mac);
      expect(sameMac(key, place, value, mac)).toBe('same');
    }),
    settings(200),
  );
});

test('any other value or place differs', () => {
  fc.assert(
    fc.property(place, value, place, value, (place, value, otherPlace, otherValue) => {
      const mac = macOf(key, place, value);
      const equal = Buffer.from(value).equals(otherValue);
      expect(sameMac(key, place, otherValue, mac)).toBe(equal ? 'same' : 'different');
      const equalPlace = JSON.stringify(Object.values(place)) === JSON.stringify(Object.values(otherPlace));
      expect(sameMac(key, otherPlace, value, mac)).toBe(equalPlace ? 'same' : 'different');
    }),
    settings(200),
  );
});

test('no letter can be shifted from one field into the next', () => {
  const fields = ['environment', 'system', 'secret', 'key'] as const;
  const parts = fc.array(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(parts, fc.nat(3), (parts, from) => {
      const shifted = [...parts];
      const letters = [...(parts[from] as string)];
      shifted[from + 1] = (letters.pop() as string) + parts[from + 1];
      shifted[from] = letters.join('');
      const mac = ([...all]: string[]) =>
        macOf(
          key,
          Object.fromEntries(fields.map((field, index) => [field, all[index]])) as unknown as Place,
          Buffer.from(all[4] as string),
        );
      expect(mac(parts)).not.toBe(mac(shifted));
    }),
    settings(100),
  );
});

describe('unknown is', () => {
  const mac = macOf(key, here, Buffer.from('throwaway'));
  test.each([undefined, '', 'x', mac.slice(0, -2), mac.slice(9), `${mac}AAAA`])('a record of `%s`', (recorded) => {
    expect(sameMac(key, here, Buffer.from('throwaway'), recorded)).toBe('unknown');
  });

  test('what was recorded with another key', () => {
    const another = keyOf(randomBytes(32));
    expect(another.id).not.toBe(key.id);
    expect(sameMac(another, here, Buffer.from('throwaway'), mac)).toBe('unknown');
  });
});

describe('a key', () => {
  test('is hex or base64, the same in either and with a line break at its end', () => {
    const bytes = randomBytes(48);
    const texts = [
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ];
    for (const text of [...texts, ...texts.map((text) => `${text}\n`), bytes.toString('base64').replace(/(.{40})/, '$1\n')]) {
      expect(readMacKey(text)).toEqual({ id: expect.stringMatching(/^[0-9a-f]{8}$/), bytes });
    }
  });

  test('has an id that is no part of it', () => {
    expect(key.bytes.toString('hex')).not.toContain(key.id);
  });

  test.each([
    ['short hex', randomBytes(31).toString('hex'), 'bytes'],
    ['short base64', randomBytes(24).toString('base64'), '24 bytes'],
    ['a passphrase', 'correct horse battery staple, and correct horse again', 'neither hex nor base64'],
    ['nothing', '', 'neither'],
    ['zeros', '0'.repeat(64), 'not random'],
    ['a repeated word', 'throwawy'.repeat(8), 'not random'],
    ['a count', Buffer.from(Array.from({ length: 40 }, (_, index) => index)).toString('hex'), 'not random'],
  ])('is refused: %s', (_, text, reason) => {
    const read = readMacKey(text);
    const problem = 'problem' in read ? read.problem : '';
    expect(problem).toContain(reason);
    expect(problem).toContain('openssl rand -hex 32');
    if (text.length > 0) expect(problem).not.toContain(text.slice(0, 6));
  });
});
