import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from '../../src/page/base/yaml-text.ts';
import type { Json } from '../../src/report/report.ts';

const values: readonly Json[] = [
  {},
  [],
  null,
  3,
  { a: 1, b: [1, { c: 'd', e: [] }, [2, [3]]], f: {} },
  { version: '1.20', port: '8080', yes: 'no', empty: '', date: '2026-01-01', hex: '0x1f', float: '1e3' },
  { command: 'a: b', comment: 'a #b', star: '*x', brace: '{x}', dash: '- x', tail: 'x ', colon: 'x:', at: '@x', bar: '|' },
  { text: 'one\ntwo\n', open: 'one\ntwo', more: 'one\n\n\n', spaced: '  one\ntwo\n', blank: '\n', gap: 'a\n\n  b\n' },
  [{ name: 'web', image: 'registry.example.com/web:1.0', args: ['--a=b', 'c'] }],
];

test.each(values)('a value reads as YAML with the same meaning: %j', (value) => {
  expect(parse(yamlText(value))).toEqual(value);
});

test('a text that stands alone is shown as it is', () => {
  expect(yamlText('5432')).toBe('5432');
  expect(yamlText('a\nb\n')).toBe('a\nb\n');
});
