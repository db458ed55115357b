import { expect, test } from 'vitest';
import { asProse } from '../../src/drift/as-prose.ts';

test.each([
  'has another value',
  'delete it, or declare it in a System',
  'seal the new value with `stowage seal`; or do "nothing"',
  'give the account `list` on configmaps, as `@somebody` said',
])('%s stays as it is', (text) => {
  expect(asProse(text)).toBe(text);
});

test.each([
  'asked by @octocat',
  'as in #12',
  'as in GH-12',
  'see https://evil.example.com',
  'see www.evil.example.com',
  '<img src=x>',
  'a * b',
  '1. first',
  '- item',
  '=====',
  'two\nlines',
  'a | b',
  'one `backtick',
])('%j becomes code as a whole', (text) => {
  expect(asProse(text)).toMatch(/^(`+) ?.*\1$/);
});
