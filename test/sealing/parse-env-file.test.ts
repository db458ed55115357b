import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEnvFile } from '../../src/sealing/parse-env-file.ts';
import { settings } from '../support/fast-check-settings.ts';

test.each<[string, Record<string, string>]>([
  ['A=b', { A: 'b' }],
  ['\uFEFFA=b\r\nC=d\r\n', { A: 'b', C: 'd' }],
  ['# words\n\n   \n  # more\nA=b', { A: 'b' }],
  ['export A=b', { A: 'b' }],
  ['db/password=b\ntls.key=c\na-b=d', { 'db/password': 'b', 'tls.key': 'c', 'a-b': 'd' }],
  ['A = b c  ', { A: 'b c' }],
  ['A=b # words', { A: 'b' }],
  ['A=b#c', { A: 'b#c' }],
  ['A=#b', { A: '#b' }],
  ['A= # words', { A: '' }],
  ['A=', { A: '' }],
  ['A=b=c==', { A: 'b=c==' }],
  ['A="b # c"  # words', { A: 'b # c' }],
  ['A="b\\n\\t\\"\\\\\\$\\x"', { A: 'b\n\t"\\$\\x' }],
  ["A='b\\n\"$'", { A: 'b\\n"$' }],
  ['A="b\nc\nd"\nE=f', { A: 'b\nc\nd', E: 'f' }],
  ["A='-----BEGIN X-----\r\nb=\r\n-----END X-----'", { A: '-----BEGIN X-----\nb=\n-----END X-----' }],
  ['A=$B ${C}', { A: '$B ${C}' }],
])('%j', (text, values) => {
  const { entries, wrong } = parseEnvFile(text);
  expect(Object.fromEntries(entries.map(({ name, value }) => [name, value]))).toEqual(values);
  expect(wrong).toEqual([]);
});

test.each<[string, number[]]>([
  ['A=b\nno line\nC=d', [2]],
  ['a b=c', [1]],
  ['=b', [1]],
  ['A="b', [1]],
  ["A='b' c", [1]],
  ['A=b\nB="c\nd', [2]],
])('%j has a line that is none', (text, lines) => {
  expect(parseEnvFile(text).wrong).toEqual(lines);
});

test('names, values and lines are told apart whatever the values are', () => {
  const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), (values) => {
      const escaped = values.map((text) => text.replace(/[\\"$]/g, '\\$&'));
      const { entries, wrong } = parseEnvFile(escaped.map((text, index) => `K${index}="${text}"\n`).join(''));
      expect(wrong).toEqual([]);
      expect(entries).toEqual(values.map((text, index) => ({ name: `K${index}`, value: text, line: index + 1 })));
    }),
    settings(200),
  );
});
