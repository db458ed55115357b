import { expect, test } from 'vitest';
import { type DiffRow, rowsOfDiff, rowsOfTexts, unified } from '../../src/page/change/diff-rows.ts';
import { diffText } from '../../src/plan/diff-text.ts';

const text = (count: number, change: (line: number) => string | undefined = (line) => `line ${line}`) =>
  Array.from({ length: count }, (_, at) => change(at + 1))
    .filter((line) => line !== undefined)
    .map((line) => `${line}\n`)
    .join('');

/** As it reads: sign, lines on both sides, text. */
const read = (rows: readonly DiffRow[]) =>
  unified(rows).map((row) =>
    row.kind === 'note'
      ? `note ${row.text}`
      : `${{ same: ' ', gone: '-', come: '+' }[row.kind]} ${row.before ?? ''},${row.after ?? ''} ${row.side.text}`,
  );

test('lines of a unified diff have their numbers on both sides, over several hunks', () => {
  const before = text(30);
  const after = text(30, (line) => (line === 3 ? 'other' : line === 25 ? undefined : `line ${line}`));
  expect(read(rowsOfDiff(diffText(before, after)))).toEqual([
    '  1,1 line 1',
    '  2,2 line 2',
    '- 3, line 3',
    '+ ,3 other',
    '  4,4 line 4',
    '  5,5 line 5',
    '  6,6 line 6',
    'note ',
    '  22,22 line 22',
    '  23,23 line 23',
    '  24,24 line 24',
    '- 25, line 25',
    '  26,25 line 26',
    '  27,26 line 27',
    '  28,27 line 28',
  ]);
});

test('lines that stand in each other’s place are on one row, and their words are compared', () => {
  const [row] = rowsOfDiff('@@ -1,1 +1,2 @@\n-  maxconn 4096\n+  maxconn 8192\n+  bufsize 1').slice(0, 1) as [DiffRow];
  expect(row.kind === 'changed' && row.before?.pieces?.filter(({ differs }) => differs)).toEqual([
    { text: '4096', differs: true },
  ]);
  expect(row.kind === 'changed' && row.after?.pieces?.map(({ text: piece }) => piece).join('')).toBe('  maxconn 8192');
});

test('a newline that only one side ends with is told', () => {
  const sides = unified(rowsOfDiff(diffText('a\nb', 'a\nb\n')));
  expect(sides.map((row) => (row.kind === 'note' ? '' : [row.kind, row.side.unended === true]))).toEqual([
    ['same', false],
    ['gone', true],
    ['come', false],
  ]);
});

test('texts that have too many differences say so in one note', () => {
  const note = '@@ 5000 lines become 5001 others @@';
  expect(rowsOfDiff(note)).toEqual([{ kind: 'note', text: '5000 lines become 5001 others' }]);
});

test('a line that begins with an at sign or a backslash inside of a text is text', () => {
  expect(read(rowsOfDiff('@@ -1,2 +1,2 @@\n @@ x @@\n-\\ a\n+\\ b'))).toEqual(['  1,1 @@ x @@', '- 2, \\ a', '+ ,2 \\ b']);
});

test('whole texts give rows of what both have, and of one side where the other has none', () => {
  expect(read(rowsOfTexts('a\nb\nc', 'a\nx\nc'))).toEqual(['  1,1 a', '- 2, b', '+ ,2 x', '  3,3 c']);
  expect(read(rowsOfTexts(undefined, 'a\nb'))).toEqual(['+ ,1 a', '+ ,2 b']);
});
