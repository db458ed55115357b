import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { untrack } from '../../src/model/tracked.ts';
import { limits } from '../../src/read/limits.ts';
import { parseDocument } from '../../src/read/parse-document.ts';

function parse(text: string) {
  const problems: Diagnostic[] = [];
  const tree = parseDocument({ path: 'some.yaml', text }, 'system', (diagnostic) => problems.push(diagnostic));
  const told = problems.map(({ code, place }) => `${code} ${place.start}`);
  return { value: tree && untrack(tree), told };
}

// An alias is read closely, and so by a parser that has no limit of its own.
const shared = 'a: &a 1\nb: *a\n';
const dashes = '-'.repeat(200);
const bracketsInText = '\\e[31m {{ [ '.repeat(limits.depth);

test.each([
  ['a line of dashes in a text', `sql: |\n  ${dashes}\n  SELECT 1;\n`],
  ['brackets in a text', `script: |\n  ${bracketsInText}\n`],
  ['brackets in quotes', `c: "${'['.repeat(200)}"\nd: '${'{'.repeat(200)}'\n`],
  ['brackets in a comment', `c: 1 # ${'['.repeat(200)}\n`],
  ['brackets within words', `c: x${'['.repeat(200)}\n`],
  ['many lists beside each other', `c:\n${'  - [1, {b: []}]\n'.repeat(200)}`],
])('%s are not deep', (_, text) => {
  expect(parse(text).told).toEqual([]);
  const { value, told } = parse(shared + text);
  expect(told).toEqual([]);
  expect(value).toMatchObject({ b: expect.anything() });
});

const open = limits.depth + 1;

test.each([
  ['lists', `c: ${'['.repeat(open)}${']'.repeat(open)}\n`, 3 + limits.depth],
  ['lists that are never closed', `c: ${'['.repeat(100_000)}`, 3 + limits.depth],
  ['maps', `c: ${'{d: '.repeat(open)}1${'}'.repeat(open)}\n`, 3 + 4 * limits.depth],
  ['lists behind a text that looks alike', `c: |\n  [\nd: ${'['.repeat(100_000)}`, 12 + limits.depth],
  ['dashes', `c:\n  ${'- '.repeat(open)}1\n`, 3],
  ['dashes without end', `c:\n  ${'- '.repeat(100_000)}1\n`, 3],
])('%s that are deep are refused', (_, text, at) => {
  expect(parse(shared + text).told).toEqual([`too-deep ${shared.length + at}`]);
  expect(parse(text).told).toEqual([`too-deep ${at}`]);
});
