import { expect, test } from 'vitest';
import { viewCounts } from '../../src/page/shell/view-counts.ts';
import { titleOf } from '../../src/page/shell/view-titles.ts';
import { madeIndex } from './support/made-index.ts';

const change = { from: 'HEAD', to: 'working tree', objects: 9, overlays: 2, hazards: 4, blocking: 2 };

test('nothing that waits, no counts', () => {
  expect(viewCounts(madeIndex())).toEqual({});
});

test('what blocks is counted before what is only dangerous, and that before what only changes', () => {
  const counted = (own: Partial<typeof change>) => viewCounts(madeIndex({ change: { ...change, ...own } })).change?.means;
  expect(counted({})).toBe('2 blocking hazards');
  expect(counted({ blocking: 0 })).toBe('4 hazards');
  expect(counted({ blocking: 0, hazards: 0 })).toBe('9 changed objects');
});

test('drift that somebody accepted is not counted', () => {
  const drift = { at: '', new: 1, expired: 2, accepted: 7, unseen: 0 };
  expect(viewCounts(madeIndex({ drift })).drift).toMatchObject({ count: 3, means: '1 new, 2 expired' });
});

test('a tab says the closest first', () => {
  expect(titleOf({ view: 'system', path: ['shop', 'dev'], query: {} }, 'platform')).toBe(
    'shop/dev · Systems · platform · Stowage',
  );
  expect(titleOf({ view: 'fleet', path: [], query: {} }, 'platform')).toBe('Fleet · platform · Stowage');
});
