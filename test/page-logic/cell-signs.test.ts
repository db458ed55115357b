import { expect, test } from 'vitest';
import { cellSigns, needsAttention } from '../../src/page/fleet/cell-signs.ts';
import { madeCell, madeLoad } from './support/made-index.ts';

const texts = (own: Parameters<typeof madeCell>[2]) => cellSigns(madeCell('dev', 'shop', own)).map(({ text }) => text);

test('where all is well there is no sign', () => {
  const well = { changes: { objects: 0, hazards: 0 }, drift: { new: 0, expired: 0, accepted: 0 } };
  expect(texts(well)).toEqual([]);
  expect(needsAttention(madeCell('dev', 'shop', well))).toBe(false);
});

test('each thing that waits for somebody has a sign', () => {
  expect(
    texts({
      stale: true,
      changes: { objects: 4, hazards: 1 },
      drift: { new: 2, expired: 1, accepted: 3 },
      secrets: { keys: 2, missing: ['tls/key'] },
      load: madeLoad([5, 6, 4]),
      promotion: { next: 'Promote shop 1.1.0 to dev', pullRequest: 12, url: null, waits: ['soak until noon'] },
    }),
  ).toEqual([
    'stale',
    '4 changed',
    '1 hazard',
    '2 drifted',
    '1 expired',
    '3 accepted',
    '1 unsealed',
    'over budget',
    'promotion #12',
  ]);
});

test('what was accepted calls for nobody', () => {
  expect(needsAttention(madeCell('dev', 'shop', { drift: { new: 0, expired: 0, accepted: 1 } }))).toBe(false);
});

test('a budget bounds the least that runs, not the most', () => {
  expect(texts({ load: madeLoad([3, 6, 4]) })).toEqual([]);
});

test('a promotion says what it waits for, if anybody asked', () => {
  const means = (waits: readonly string[] | null) =>
    cellSigns(madeCell('dev', 'shop', { promotion: { next: 'Promote it', pullRequest: null, url: null, waits } }))[0]?.means;
  expect(means(['soak'])).toBe('Promote it; waits: soak');
  expect(means([])).toBe('Promote it; waits for nothing');
  expect(means(null)).toBe('Promote it');
});
