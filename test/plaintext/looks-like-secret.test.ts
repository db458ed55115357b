import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findInText, looksLikeSecret } from '../../src/plaintext/find-secrets.ts';
import { settings } from '../support/fast-check-settings.ts';
import { harmless, secrets } from './samples.ts';

describe('a secret', () => {
  test.each(secrets)('%s', (_, name, text) => {
    expect(looksLikeSecret(name, text)).toBeDefined();
  });

  test.each(secrets)('%s is found without a word of it in what is said', (_, name, text) => {
    const finding = looksLikeSecret(name, text);
    const found = text.slice(finding?.start, finding?.end);
    expect(found.length).toBeGreaterThan(0);
    expect(finding?.what).not.toContain(found);
  });
});

describe('no secret', () => {
  test.each(harmless)('%s', (_, name, text) => {
    expect(looksLikeSecret(name, text)).toBeUndefined();
  });
});

const anyName = fc.constantFrom(
  'x',
  'value',
  'LOG_LEVEL',
  'spring.application.name',
  'app',
  'annotation/note',
  'args',
  undefined,
);

/** Bytes of a generator, by its seed: what shrinking gives is no less random. */
const bytes = fc.tuple(fc.integer(), fc.integer({ min: 32, max: 96 })).map(([seed, length]) => {
  let state = seed >>> 0;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return (mixed ^ (mixed >>> 14)) & 0xff;
    }),
  );
});
const lettersAndDigits = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const encodings: [string, (value: Buffer) => string][] = [
  ['base64', (value) => value.toString('base64')],
  ['base64url', (value) => value.toString('base64url')],
  ['hex', (value) => value.toString('hex')],
  [
    'letters and digits',
    (value) =>
      [...value, ...value.subarray(0, 11).map((byte) => byte ^ 0x5a)].map((byte) => lettersAndDigits[byte % 62]).join(''),
  ],
];

describe('random bytes are found under any name', () => {
  test.each(encodings)('as %s', (_, encode) => {
    fc.assert(
      fc.property(anyName, bytes, (name, value) => {
        expect(looksLikeSecret(name, encode(value))).toBeDefined();
      }),
      settings(500),
    );
  });

  test('as a password of any form, by its name', () => {
    const printable = fc
      .stringMatching(/^[A-Za-z0-9!*+,.;^~|-]{12,40}$/)
      .filter((text) => new Set(text).size > 6 && !/^[.*-]+$/.test(text));
    fc.assert(
      fc.property(printable, (value) => {
        expect(looksLikeSecret('DB_PASSWORD', value)).toBeDefined();
      }),
      settings(200),
    );
  });
});

test('hostile texts are looked through in no time', () => {
  const texts = [
    'a'.repeat(1e6),
    'password'.repeat(1e5),
    '"'.repeat(1e5),
    `x=${' '.repeat(1e5)}`,
    '://'.repeat(1e5),
    `a://${':'.repeat(1e5)}`,
  ];
  texts.push(
    '-----BEGIN PRIVATE KEY-----'.repeat(2e3),
    '-----BEGIN A-----'.repeat(2e3),
    'password:'.repeat(1e4),
    '--token '.repeat(1e4),
  );
  const before = process.cpuUsage();
  for (const text of texts) findInText(text);
  // Of this process, so that a busy machine does not count.
  expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
});
