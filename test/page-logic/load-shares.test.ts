import { expect, test } from 'vitest';
import { amountText, rangeText } from '../../src/page/base/amount-text.ts';
import { loadShares, overBudget } from '../../src/page/base/load-shares.ts';
import { madeLoad } from './support/made-index.ts';

test('amounts are told at a glance', () => {
  expect(amountText('cpu', 24.33)).toBe('24.3');
  expect(amountText('memory', 1.5 * 2 ** 30)).toBe('1.5 Gi');
  expect(amountText('storage', 2000 * 2 ** 30)).toBe('1.95 Ti');
  expect(amountText('memory', 0)).toBe('0');
  expect(amountText('nvidia.com/gpu', 2)).toBe('2');
});

test('a range says its unit once where both have it', () => {
  expect(rangeText('memory', 2 ** 31, 2 ** 32)).toBe('2 → 4 Gi');
  expect(rangeText('memory', 2 ** 29, 2 ** 32)).toBe('512 Mi → 4 Gi');
  expect(rangeText('cpu', 2, 2)).toBe('2');
});

test('what goes beyond is told apart: the least that runs, or the most that may', () => {
  const exceeds = (least: number, most: number, limit?: number) => loadShares(madeLoad([least, most, limit]))[0]?.exceeds;
  expect(exceeds(1, 2, 4)).toBeUndefined();
  expect(exceeds(1, 5, 4)).toBe('maximum');
  expect(exceeds(5, 6, 4)).toBe('minimum');
  expect(exceeds(5, 6)).toBeUndefined();
  expect(overBudget(madeLoad([1, 5, 4]))).toEqual([]);
});

test('what is there and not asked for is told too', () => {
  const allowed = [{ resource: 'nvidia.com/gpu', value: 8, text: '8' }];
  const shares = loadShares({ ...madeLoad([1, 2]), allowed });
  expect(shares.find(({ resource }) => resource === 'nvidia.com/gpu')).toMatchObject({ minimum: 0, maximum: 0, allowed: 8 });
});
