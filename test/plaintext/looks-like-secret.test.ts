import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findInText, looksLikeSecret } from '../../src/plaintext/find-secrets.ts';
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
const bytes = fc.uint8Array({ minLength: 32, maxLength: 96 }).map((array) => Buffer.from(array));

/** Of bytes that a random generator may give; shrinking leads to zeros, which it does not. */
const varied = bytes.filter((buffer) => new Set(buffer).size >= buffer.length * 0.8);

describe('random bytes are found under any name', () => {
  test.each(['base64', 'base64url', 'hex'] as const)('as %s', (encoding) => {
    fc.assert(
      fc.property(anyName, varied, (name, value) => {
        expect(looksLikeSecret(name, value.toString(encoding))).toBeDefined();
      }),
    );
  });

  test('as letters and digits', () => {
    const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
    const text = fc.array(fc.integer({ min: 0, max: 61 }), { minLength: 32, maxLength: 80 });
    fc.assert(
      fc.property(
        anyName,
        text.filter((places) => new Set(places).size >= Math.min(20, places.length * 0.6)),
        (name, places) => {
          expect(looksLikeSecret(name, places.map((place) => characters[place]).join(''))).toBeDefined();
        },
      ),
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
  const before = performance.now();
  for (const text of texts) findInText(text);
  expect(performance.now() - before).toBeLessThan(3_000);
});
