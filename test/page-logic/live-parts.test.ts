import { afterEach, expect, test, vi } from 'vitest';
import { partLoader } from '../../src/page/base/live-source.ts';
import type { ReportIndex } from '../../src/report/report.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A server that has one part, and a page whose index may be behind it. */
function open() {
  const there = { told: 'one', digest: 'one', asked: 0 };
  vi.stubGlobal('fetch', async () => {
    there.asked += 1;
    return new Response(JSON.stringify(there.digest), { headers: { etag: `"${there.digest}"` } });
  });
  const index = () => ({ parts: { change: there.told } }) as unknown as ReportIndex;
  return { there, load: partLoader(index, async () => {}) };
}

test('a part is asked for once, and anew when the index tells of another one', async () => {
  const { there, load } = open();
  expect(await load('change')).toBe('one');
  expect(await load('change')).toBe('one');
  expect(there.asked).toBe(1);
  Object.assign(there, { told: 'two', digest: 'two' });
  expect(await load('change')).toBe('two');
  expect(there.asked).toBe(2);
});

test('what a server answers that is ahead of the index is not taken for what the index tells of', async () => {
  const { there, load } = open();
  there.digest = 'two';
  expect(await load('change')).toBe('two');
  // It was saved and taken back before this part was asked for again.
  there.digest = 'one';
  expect(await load('change')).toBe('one');
});

test('what the index does not tell of is not asked for', async () => {
  const { there, load } = open();
  expect(await load('constructor')).toBeUndefined();
  expect(there.asked).toBe(0);
});
