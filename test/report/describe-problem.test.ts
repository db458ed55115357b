import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { placeAt } from '../../src/model/source-file.ts';
import { describeProblems } from '../../src/report/describe-problem.ts';
import type { Problem } from '../../src/report/report.ts';

function about(text: string, meant: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const start = text.indexOf(meant);
  const place = placeAt({ path: 'a.yaml', text }, start, start + meant.length);
  return { code: 'wrong-type', severity: 'error', message: 'no', place, ...more };
}

const describe = (...diagnostics: Diagnostic[]) => describeProblems(diagnostics) as [Problem, ...Problem[]];
const marked = ({ source, line, column, width }: Problem) =>
  source.lines[line - source.first]?.slice(column - 1, column - 1 + width);

const ten = Array.from({ length: 10 }, (_, line) => `line: ${line + 1}`).join('\n');

test('a problem comes with three lines before and after it, as far as there are any', () => {
  const [middle] = describe(about(ten, '5'));
  expect(middle.source).toEqual({ first: 2, lines: [2, 3, 4, 5, 6, 7, 8].map((line) => `line: ${line}`) });
  expect([middle.line, marked(middle)]).toEqual([5, '5']);
  expect(describe(about(ten, '1'))[0].source).toEqual({ first: 1, lines: ['line: 1', 'line: 2', 'line: 3', 'line: 4'] });
  expect(describe(about(ten, '10'))[0].source.first).toBe(7);
});

test('of a file without a text there are no lines', () => {
  expect(describe(about('', ''))[0].source).toEqual({ first: 1, lines: [] });
});

test('what is meant over several lines is marked to the end of its first', () => {
  const text = 'a:\n  b: one\n  c: two\n';
  expect(marked(describe(about(text, 'b: one\n  c: two'))[0])).toBe('b: one');
});

test('ends of lines as Windows writes them are not shown', () => {
  const [problem] = describe(about('a: 1\r\nb: 2\r\nc: 3\r\n', '2'));
  expect(problem.source.lines.join('|')).toBe('a: 1|b: 2|c: 3|');
  expect(marked(problem)).toBe('2');
});

test('of a very long line what is meant is shown', () => {
  const text = `list: [${'x, '.repeat(1000)}wrong${', x'.repeat(1000)}]`;
  const [problem] = describe(about(text, 'wrong'));
  expect(marked(problem)).toBe('wrong');
  expect(problem.source.lines[0]?.length).toBeLessThan(500);
});

test('overlays are named without their folder', () => {
  expect(describe(about(ten, '5', { overlays: ['overlays/dev/shop'] }))[0].overlays).toEqual(['dev/shop']);
});

const hidden = 'hunter2';

test('what a diagnostic masks is not in its own lines, and its mark is where it was', () => {
  const text = `user: shop\ndata: { user: shop, pin: ${hidden} }\nmore: 1\n`;
  const [problem] = describe(about(text, hidden, { masked: true }));
  expect(JSON.stringify(problem)).not.toContain(hidden);
  expect(marked(problem)).toBe('***');
});

test('nor in those of another one, a few lines away', () => {
  const text = `pin: ${hidden}\nuser: shop\nmore: 1\n`;
  const problems = describe(about(text, hidden, { masked: true, code: 'not-sealed' }), about(text, 'shop'));
  expect(JSON.stringify(problems)).not.toContain(hidden);
  expect(problems[1]?.source.lines[0]).toBe('pin: ***');
});

test('nor where a line repeats it', () => {
  const text = `pin: ${hidden}\n# it was ${hidden} before\nmore: 1\n`;
  expect(JSON.stringify(describe(about(text, hidden, { masked: true }), about(text, 'more')))).not.toContain(hidden);
});

test('nor when it goes over several lines', () => {
  const value = 'correct horse\n  battery staple\n  tail';
  const text = `a: 1\npin: |\n  ${value}\nb: 2\n`;
  const shown = JSON.stringify(describe(about(text, value, { masked: true }), about(text, 'b: 2')));
  for (const word of ['horse', 'staple', 'tail']) expect(shown).not.toContain(word);
});

test.each([
  ['in a text over several lines', `password: |\n  correct horse\n\n    battery\n  staple\nb: 2\n`],
  ['in one that is folded', `password: >-\n  correct horse\n  battery staple\nb: 2\n`],
  ['in quotes', `password: "correct horse\n  battery staple"\nb: 2\n`],
  ['on the line below', `password:\n  correct-horse-battery-staple\nb: 2\n`],
  ['in a list', `env:\n  - name: DB_PASSWORD\n    value: |\n      correct horse battery staple\nb: 2\n`],
  ['as a value on its line', `password: correct-horse-battery-staple\nb: 2\n`],
])('what goes by the name of a secret is not in the lines around a problem: %s', (_, text) => {
  const shown = describe(about(text, 'b: 2'))[0].source.lines.join('\n');
  expect(shown).toContain('***');
  for (const word of ['horse', 'battery', 'staple']) expect(shown).not.toContain(word);
});

test('what is declared of secrets is no secret', () => {
  const text = `secrets:\n  store:\n    keys:\n      password:\n        minLength: 12\n      token: { from: vault }\nb: 2\n`;
  expect(describe(about(text, 'b: 2'))[0].source.lines.join('\n')).toBe(text.split('\n').slice(3).join('\n'));
});
