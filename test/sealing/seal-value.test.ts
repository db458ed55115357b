import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelFor, type Scope } from '../../src/sealing/scope.ts';
import { sealValue } from '../../src/sealing/seal-value.ts';
import { looksSealed, unsealValue } from '../../src/sealing/unseal-value.ts';
import { settings } from '../support/fast-check-settings.ts';
import { throwawayCertificate, throwawayKey } from './throwaway.ts';

const { publicKey } = throwawayCertificate('valid');
const key = throwawayKey('valid');
const other = throwawayKey('other');
const scopes: Scope[] = ['strict', 'namespace-wide', 'cluster-wide'];

const scope = fc.constantFrom(...scopes);
const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc.integer({ min: 0, max: 65_536 }).map((length) => randomBytes(length)),
);
const label = fc.tuple(scope, name, name).map((place) => labelFor(...place));

describe.each(scopes)('%s', (scope) => {
  const label = labelFor(scope, 'shop', 'db');
  test.each([0, 1, 15, 16, 17, 65_536, 1 << 20])('%i bytes come back', (length) => {
    const value = randomBytes(length);
    const blob = sealValue(value, publicKey, label);
    expect(looksSealed(blob)).toBe(true);
    expect(unsealValue(blob, [key], label)?.equals(value)).toBe(true);
  });
});

test('any bytes in, the same bytes out, whichever of the keys it was', () => {
  fc.assert(
    fc.property(bytes, label, fc.boolean(), (value, label, first) => {
      const unsealed = unsealValue(sealValue(value, publicKey, label), first ? [key, other] : [other, key], label);
      expect(unsealed?.equals(value)).toBe(true);
    }),
    settings(60),
  );
});

test('the same value sealed twice is two blobs that share nothing but the length of the key', () => {
  const [one, two] = [0, 1].map(() => Buffer.from(sealValue(Buffer.from('throwaway'), publicKey, Buffer.alloc(0)), 'base64'));
  expect(one?.subarray(0, 2)).toEqual(two?.subarray(0, 2));
  expect(one?.subarray(2, 258)).not.toEqual(two?.subarray(2, 258));
  expect(one?.subarray(258)).not.toEqual(two?.subarray(258));
});

describe('refused is', () => {
  const sealed = label.chain((label) =>
    fc.uint8Array({ maxLength: 80 }).map((value) => ({ label, value, blob: sealValue(value, publicKey, label) })),
  );

  test('a flipped bit, anywhere', () => {
    fc.assert(
      fc.property(sealed, fc.nat(), fc.nat(7), ({ blob, label }, at, bit) => {
        const bytes = Buffer.from(blob, 'base64');
        const place = at % bytes.length;
        bytes[place] = (bytes[place] as number) ^ (1 << bit);
        expect(unsealValue(bytes.toString('base64'), [key], label)).toBeUndefined();
      }),
      settings(150),
    );
    const whole = Buffer.from(sealValue(Buffer.from('x'), publicKey, Buffer.alloc(0)), 'base64');
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] as number) ^ 1;
      expect(unsealValue(flipped.toString('base64'), [key], Buffer.alloc(0)), `byte ${at}`).toBeUndefined();
    }
  });

  test('a blob that is cut short or goes on', () => {
    fc.assert(
      fc.property(sealed, fc.nat(), fc.boolean(), ({ blob, label }, at, text) => {
        const bytes = Buffer.from(blob, 'base64');
        const cut = text ? blob.slice(0, at % blob.length) : bytes.subarray(0, at % bytes.length).toString('base64');
        expect(unsealValue(cut, [key], label)).toBeUndefined();
        expect(unsealValue(Buffer.concat([bytes, Buffer.of(at % 256)]).toString('base64'), [key], label)).toBeUndefined();
      }),
      settings(80),
    );
  });

  test('another label, another key, and no key', () => {
    fc.assert(
      fc.property(sealed, label, ({ blob, label }, elsewhere) => {
        fc.pre(!label.equals(elsewhere));
        expect(unsealValue(blob, [key], elsewhere)).toBeUndefined();
        expect(unsealValue(blob, [other], label)).toBeUndefined();
        expect(unsealValue(blob, [throwawayKey('elliptic')], label)).toBeUndefined();
        expect(unsealValue(blob, [], label)).toBeUndefined();
      }),
      settings(40),
    );
  });

  test('another namespace, name or scope', () => {
    const blob = sealValue(Buffer.from('throwaway'), publicKey, labelFor('strict', 'shop', 'db'));
    const opens = (...place: Parameters<typeof labelFor>) => unsealValue(blob, [key], labelFor(...place)) !== undefined;
    expect(opens('strict', 'shop', 'db')).toBe(true);
    expect([opens('strict', 'shop', 'dc'), opens('strict', 'ship', 'db'), opens('strict', 'sho', 'p/db')]).not.toContain(true);
    expect([opens('namespace-wide', 'shop', 'db'), opens('cluster-wide', 'shop', 'db')]).not.toContain(true);
  });
});

test('whatever text is given, nothing is thrown', () => {
  const text = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.uint8Array({ maxLength: 700 }).map((b) => Buffer.from(b).toString('base64')),
  );
  fc.assert(
    fc.property(text, (text) => {
      expect(unsealValue(text, [key], Buffer.alloc(0))).toBeUndefined();
    }),
    settings(200),
  );
});

describe('the look of a sealed value', () => {
  const blob = sealValue(Buffer.from('throwaway'), publicKey, Buffer.alloc(0));
  test.each([
    ['nothing', ''],
    ['a word', 'throwaway'],
    ['a text in base64', Buffer.from('PLACEHOLDER: no sealed value, seal one of your own').toString('base64')],
    ['random bytes', Buffer.concat([Buffer.of(255), randomBytes(600)]).toString('base64')],
    ['a line before it', ` ${blob}`],
    [
      'base64 for URLs',
      Buffer.from(blob, 'base64')
        .toString('base64url')
        .replace(/.{20}$/, '-_-_-_-_-_-_-_-_-_-_'),
    ],
    ['its first half', blob.slice(0, 340)],
  ])('%s has it not', (_, text) => {
    expect(looksSealed(text)).toBe(false);
  });

  test('broken into lines it has it, and opens, as the controller opens it', () => {
    const lines = blob.replace(/(.{64})/g, '$1\r\n');
    expect(looksSealed(lines)).toBe(true);
    expect(unsealValue(lines, [key], Buffer.alloc(0))?.toString()).toBe('throwaway');
  });
});

test('a key that cannot seal fails without a word of the value', () => {
  const value = Buffer.from('throwaway-that-nobody-sees');
  const generated = generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey;
  for (const unfit of [throwawayCertificate('elliptic').publicKey, generated]) {
    let failure: unknown;
    try {
      sealValue(value, unfit, Buffer.alloc(0));
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Error);
    const told = inspect(failure, { depth: 9 });
    for (const form of ['utf8', 'hex', 'base64'] as const) expect(told).not.toContain(value.toString(form).slice(0, 12));
  }
});
