import { expect, test } from 'vitest';
import { groupProblems, sayProblems } from '../../src/page/problems/group-problems.ts';
import { markLine } from '../../src/page/problems/mark-line.ts';
import type { Problem } from '../../src/report/report.ts';

const problem = (file: string, line: number, severity: Problem['severity']): Problem => ({
  ...{ code: 'wrong-type', severity, message: 'no', file, line, column: 1, width: 1, hint: null },
  ...{ source: { first: 1, lines: [] }, related: [], overlays: [] },
});
const problems = [
  problem('b.yaml', 9, 'error'),
  problem('a.yaml', 1, 'warning'),
  problem('b.yaml', 2, 'warning'),
  problem('b.yaml', 3, 'error'),
];

test('files with errors come first, and in them the errors', () => {
  const groups = groupProblems(problems).map(({ file, problems: own }) => [file, own.map(({ line }) => line)]);
  expect(groups).toEqual([
    ['b.yaml', [3, 9, 2]],
    ['a.yaml', [1]],
  ]);
});

test('how many there are is said in words', () => {
  expect(sayProblems([])).toBe('No problems');
  expect(sayProblems(problems)).toBe('2 errors and 2 warnings in 2 files');
  expect(sayProblems(problems.slice(0, 1))).toBe('1 error in 1 file');
  expect(sayProblems(problems.slice(1, 2))).toBe('1 warning in 1 file');
});

test('what is meant is marked, and carets stand below it, behind tabs too', () => {
  expect(markLine('\treplicas: five', 12, 4)).toEqual({
    before: '\treplicas: ',
    marked: 'five',
    after: '',
    carets: '\t          ^^^^',
  });
});

test('a mark that goes further than its line ends with it, and one behind it is one caret', () => {
  expect(markLine('abc', 2, 50).carets).toBe(' ^^');
  expect(markLine('abc', 9, 2)).toEqual({ before: 'abc', marked: '', after: '', carets: '   ^' });
});
