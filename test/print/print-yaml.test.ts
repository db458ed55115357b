import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { expect, test } from 'vitest';
import { printYaml } from '../../src/model/print-yaml.ts';
import { settings } from '../support/fast-check-settings.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('a', ' ', '\n', '\t', ':', '- ', '#', '"', "'", '|', '0', 'é', '…', '\u0085', '\u2028'))
    .map((list) => list.join('')),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_./-]{1,11}$/),
  fc.stringMatching(/^(\/|(\.\.\/){1,3})?[A-Za-z][A-Za-z0-9_./=;:-]{4,20}$/),
  fc.constantFrom(
    '',
    'a\n',
    'a\n\n',
    '\n',
    '\na\n\n\n',
    ' a\n b\n',
    'null',
    '~',
    '1.0',
    '0x1f',
    '1_000',
    'yes',
    'No',
    '2024-01-01',
    '1:30',
    '.inf',
    '<<',
    '=',
    '---',
    'x'.repeat(1_100),
  ),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('map'),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    tie('any'),
    { maxKeys: 4 },
  ),
})).any;

/** Without the mark that the library puts behind a text that ends in empty lines: nothing follows in a file of ours. */
const withoutEnd = (printed: string) => printed.replace(/\n\.\.\.\n$/, '\n');

test('lays maps and lists out as the library does, and what it prints reads back as it was', () => {
  fc.assert(
    fc.property(value, (tree) => {
      const printed = printYaml(tree);
      // Some text at the start of a block is written as JSON instead.
      if (!printed.startsWith('{') && !printed.startsWith('[') && !printed.startsWith('"'))
        expect(withoutEnd(printed)).toBe(withoutEnd(dump(tree, { lineWidth: -1, noRefs: true })));
      expect(load(printed)).toEqual(tree);
    }),
    settings(3_000),
  );
});

test('leaves out what is absent', () => {
  expect(printYaml({ a: undefined, b: [{ c: undefined, d: 1 }] })).toBe('b:\n  - d: 1\n');
});

test.each(['685_230.151e3', '1_', '0x_f', '-1_0', '1_e3', '+_1', '0b_1', '0o_7', '1._5', '0_7', '1e_3', '1__0', '-0x_1', '0_x1'])(
  '%s is quoted, since Go takes it for a number',
  (odd) => {
    expect(printYaml({ [odd]: [odd] })).toBe(`'${odd}':\n  - '${odd}'\n`);
  },
);

test.each(['_1', '1_a', '0x1_g', 'v1_0'])('%s is a text to everybody', (plain) => {
  expect(printYaml([plain])).toBe(`- ${plain}\n`);
});

test('words of a few letters are written as the library writes them', () => {
  const letters = [...'abefklnosturyABEFKLNOSTURY'];
  const pairs = letters.flatMap((one) => letters.map((other) => `${one}${other}`));
  const words = [
    ...pairs,
    ...pairs.flatMap((pair) => letters.map((letter) => `${pair}${letter}`)),
    'null',
    'Null',
    'tRUE',
    'false',
    'False',
  ];
  const printed = printYaml(Object.fromEntries(words.map((word) => [word, word])));
  expect(printed).toBe(dump(Object.fromEntries(words.map((word) => [word, word])), { lineWidth: -1 }));
});
