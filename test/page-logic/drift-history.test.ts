import { expect, test } from 'vitest';
import { chartShapes, nearestMark } from '../../src/page/drift/chart-shapes.ts';
import { historyOf, lastLooks, sayCounts } from '../../src/page/drift/history.ts';
import { sayAge, sayDay, sayTime } from '../../src/page/drift/say-time.ts';
import type { DriftRun } from '../../src/report/report.ts';

const counts = (fresh: number, expired = 0, accepted = 0, unseen = 0) => ({ new: fresh, expired, accepted, unseen });
const runs: readonly DriftRun[] = [
  { at: '2026-11-01T05:00:00Z', clusters: { dev: counts(1), prod: counts(2, 0, 1) } },
  { at: '2026-11-02T05:00:00Z', clusters: { dev: counts(0, 0, 0, 1) } },
  { at: '2026-11-04T05:00:00Z', clusters: { prod: counts(5, 1) } },
];

test('a cluster stays as it was last seen until a run looks at it again', () => {
  const points = historyOf(runs, '').map(({ at, time, ...rest }) => rest);
  expect(points).toEqual([
    { ...counts(3, 0, 1), looked: ['dev', 'prod'] },
    { ...counts(2, 0, 1, 1), looked: ['dev'] },
    { ...counts(5, 1, 0, 1), looked: ['prod'] },
  ]);
});

test('of one cluster only the runs count that looked at it', () => {
  expect(historyOf(runs, 'prod').map((point) => [point.at.slice(8, 10), point.new])).toEqual([
    ['01', 2],
    ['04', 5],
  ]);
  expect(historyOf(runs, 'other')).toEqual([]);
  expect([...lastLooks(runs)].map(([cluster, at]) => `${cluster} ${at.slice(8, 10)}`)).toEqual(['dev 02', 'prod 04']);
});

test('counts are said without what there is none of, and what was not seen is never left out', () => {
  expect(sayCounts(counts(0))).toBe('as it is declared');
  expect(sayCounts(counts(3, 0, 1))).toBe('3 new, 1 accepted');
  expect(sayCounts(counts(0, 0, 0, 2))).toBe('2 not seen');
});

test('the chart stays within its size, counts up in whole steps, and gives the last run a width', () => {
  const shapes = chartShapes(historyOf(runs, ''), 640, 230);
  const numbers = shapes.bands.flatMap(({ path }) =>
    [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]),
  );
  expect(numbers.every(([x = -1, y = -1]) => x >= 0 && x <= 640 && y >= 0 && y <= 230)).toBe(true);
  expect(shapes.up.map(({ text }) => text)).toEqual(['0', '2', '4', '6']);
  expect(shapes.across.map(({ text }) => text)).toContain('3 Nov');
  expect(Math.max(...numbers.map(([x = 0]) => x))).toBeGreaterThan((shapes.marks.at(-1)?.x ?? 0) + 5);
  expect(shapes.marks.map(({ x }) => nearestMark(shapes, x + 3))).toEqual([0, 1, 2]);
});

test('runs of one day are told apart by their hours', () => {
  const sameDay = [5, 9, 16].map((hour) => ({
    at: `2026-11-01T${String(hour).padStart(2, '0')}:00:00Z`,
    clusters: { dev: counts(1) },
  }));
  expect(chartShapes(historyOf(sameDay, ''), 640, 230).across.map(({ text }) => text)).toContain('12:00');
});

test('many runs in the same place, or with nothing at all, are no reason for a chart without numbers', () => {
  const same = [runs[1], runs[1], runs[1]] as DriftRun[];
  expect(JSON.stringify(chartShapes(historyOf(same, ''), 640, 230))).not.toMatch(/NaN|null/);
});

test('times are said in UTC, and what is no time as it is', () => {
  expect(sayTime('2026-11-20T23:30:00+02:00')).toBe('20 Nov 2026, 21:30 UTC');
  expect(sayDay('2026-11-20')).toBe('20 Nov 2026');
  expect(sayTime('yesterday')).toBe('yesterday');
  expect(sayAge('2026-11-20T05:00:00Z', '2026-11-20T05:10:00Z')).toBe('1 hour');
  expect(sayAge('2026-11-10T05:00:00Z', '2026-11-20T05:10:00Z')).toBe('10 days');
});
