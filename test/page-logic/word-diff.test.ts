import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordDiff } from '../../src/page/change/word-diff.ts';
import { settings } from '../support/fast-check-settings.ts';

test('numbers and words differ whole', () => {
  const found = wordDiff('apache/fluss:0.9.1-incubating', 'apache/fluss:0.9.2-incubating');
  expect(found?.before.filter(({ differs }) => differs).map(({ text }) => text)).toEqual(['1']);
  expect(found?.after.filter(({ differs }) => differs).map(({ text }) => text)).toEqual(['2']);
});

test('lines that have little in common are not compared', () => {
  expect(wordDiff('timeout client 60s', 'redis://cache.example.com')).toBeUndefined();
});

test('the pieces of a side are that side, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      const found = wordDiff(before, after);
      if (found === undefined) return;
      expect(found.before.map(({ text }) => text).join('')).toBe(before);
      expect(found.after.map(({ text }) => text).join('')).toBe(after);
    }),
    settings(200),
  );
});

test('long lines cost nothing', () => {
  expect(wordDiff('x'.repeat(1_000_000), 'y'.repeat(1_000_000))).toBeUndefined();
});
