import { describe, expect, test } from 'vitest';
import { editYaml } from '../../src/edit/edit-yaml.ts';
import { readCases } from './read-cases.ts';

for (const [file, cases] of readCases()) {
  describe(file, () => {
    test.each(cases)('$name', ({ before, edits, after, problem }) => {
      const edited = editYaml(before, edits);
      if (problem !== undefined) expect(edited).toEqual({ problem: expect.stringMatching(startsWith(problem)) });
      else expect(edited).toEqual({ text: after });
    });

    // One line does not show of which kind its breaks would be, and a blank one at the end is still a line.
    test.each(cases.filter(({ before, after }) => after !== undefined && /\n[^\n][\s\S]*[^\n]\n$/.test(before)))(
      'CRLF, no line break at the end: $name',
      (one) => {
        const here = (text = '') => text.replaceAll('\n', '\r\n').replace(/\r\n$/, '');
        const edited = editYaml(here(one.before), one.edits);
        expect(edited).toEqual({ text: here(one.after) });
      },
    );

    test.each(cases.filter(({ after }) => after !== undefined))('behind a byte order mark: $name', ({ before, edits, after }) => {
      expect(editYaml(`\uFEFF${before}`, edits)).toEqual({ text: `\uFEFF${after}` });
    });
  });
}

test('says no to what is no JSON', () => {
  expect(editYaml('a: 1\n', [{ path: ['a'], value: Number.NaN }])).toEqual({
    problem: '`a` cannot be the number NaN; no YAML reader would get it back',
  });
  expect(editYaml('a: 1\n', [{ path: ['a'], value: { b: [() => 1] } }])).toHaveProperty('problem');
  expect(editYaml('a: 1\n', [{ path: ['a'], value: '\uD800' }])).toHaveProperty('problem');
});

test('leaves out keys without a value, as printing does', () => {
  expect(editYaml('a: 1\n', [{ path: ['b'], value: { c: undefined, d: 1 } }])).toEqual({ text: 'a: 1\nb:\n  d: 1\n' });
});

test('begins an empty file', () => {
  expect(editYaml('', [{ path: ['a', 'b'], value: 1 }])).toEqual({ text: 'a:\n  b: 1\n' });
});

test('survives what would end the stack', () => {
  expect(editYaml(`a: ${'['.repeat(20_000)}`, [{ path: ['a'], value: 1 }])).toHaveProperty('problem');
  const bomb = [
    'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]',
    ...'bcdefgh'.split('').map((name, index) => {
      const before = 'abcdefgh'[index];
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
    }),
  ];
  expect(editYaml(bomb.join('\n'), [{ path: ['i'], value: 1 }])).toHaveProperty('problem');
});

function startsWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
