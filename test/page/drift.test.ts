import { expect, test } from 'vitest';
import { driftEntry } from '../page-logic/drift-entry.ts';
import { useBrowser } from './support/browser.ts';
import { rewriteReport } from './support/rewrite-report.ts';

const open = useBrowser();
const tablet = 'cluster:prod-eu/fluss/StatefulSet/tablet-server#spec.replicas';

test('what was not seen comes first, and says that this is no clean bill', async () => {
  const page = await open({ at: '/drift' });
  const notice = page.getByRole('region', { name: 'Not all of it was seen' });
  expect(await notice.textContent()).toContain('prod-us: secrets: the API server answered 403');
  expect(await notice.textContent()).toContain('never a clean bill');
  expect(await page.getByRole('heading', { level: 3 }).first().textContent()).toContain('Not all of it was seen');
});

test('a difference says what is declared and what is there, who wrote it, and who answers for it', async () => {
  const page = await open({ at: '/drift' });
  const entry = page.getByRole('article', { name: tablet });
  const text = (await entry.innerText()).replace(/\s+/g, ' ');
  for (const words of [
    'expired',
    'changed',
    'Declared 5',
    'Live 7',
    'kubectl since 9 Nov 2026, 21:47 UTC',
    'First found 9 Nov 2026',
  ])
    expect(text).toContain(words);
  expect(text).toContain('“Two tablets more until the backlog of INC-4711 is gone” by team-data until 18 Nov 2026');
  expect(text).toContain('clusters/prod-eu/prod-eu.yaml:30');
  const link = entry.getByRole('link', { name: 'StatefulSet/tablet-server', exact: true });
  expect(await link.getAttribute('href')).toBe('#/object/prod-eu/fluss/StatefulSet%2Ftablet-server?field=spec.replicas');
});

test('a secret is said to be one, and a foreign object leads nowhere', async () => {
  const page = await open({ at: '/drift' });
  expect(await page.getByRole('article', { name: /Secret\/fluss-s3/ }).textContent()).toContain('it is not shown');
  const shell = page.getByRole('article', { name: /Pod\/debug-shell/ });
  expect(await shell.getByRole('link').allTextContents()).toEqual(['#']);
});

test('filters stand in the address, and an address leads to what they leave', async () => {
  const page = await open({ at: '/drift' });
  await page.getByLabel('Cluster', { exact: true }).selectOption('prod-us');
  await page.getByLabel('Kind of difference').selectOption('foreign');
  await expect.poll(() => page.getByRole('article').count()).toBe(2);
  expect(new URL(page.url()).hash).toBe('#/drift?cluster=prod-us&what=foreign');
  await page.getByLabel('Search differences').fill('break glass');
  await expect.poll(() => page.getByRole('article').count()).toBe(1);
  await expect.poll(() => new URL(page.url()).hash).toContain('text=break+glass');
  expect(await page.getByRole('status').filter({ hasText: 'of 15 differences' }).textContent()).toBe('1 of 15 differences');
  await page.getByRole('link', { name: 'Clear' }).click();
  await expect.poll(() => page.getByRole('article').count()).toBe(15);
  expect(await page.getByLabel('Search differences').inputValue()).toBe('');

  const sent = await open({ at: '/drift?between=environments' });
  await expect.poll(() => sent.getByRole('article').count()).toBe(1);
  expect(await sent.getByRole('article').innerText()).toContain('Environment before');
});

test('a card leads to its differences and back to all', async () => {
  const page = await open({ at: '/drift' });
  await page
    .getByRole('main')
    .getByRole('link', { name: /expired/ })
    .click();
  await expect.poll(() => page.getByRole('article', { name: 'cluster:dev/fluss/Pod/debug-shell' }).count()).toBe(0);
  expect(await page.getByRole('article', { name: tablet }).count()).toBe(1);
  await page
    .getByRole('main')
    .getByRole('link', { name: /expired/ })
    .click();
  await expect.poll(() => page.getByRole('article').count()).toBe(15);
});

test('the link to one difference opens what settles it, and brings it into view', async () => {
  const page = await open({ at: `/drift?entry=${encodeURIComponent(tablet)}` });
  const entry = page.getByRole('article', { name: tablet });
  await expect.poll(() => entry.getByText(`stowage drift --cluster prod-eu --revert '${tablet}'`).first().isVisible()).toBe(true);
  await expect
    .poll(() =>
      entry.evaluate((element) => element.getBoundingClientRect().top >= 0 && element.getBoundingClientRect().top < 900),
    )
    .toBe(true);
});

test('a difference that is gone is said to be gone', async () => {
  const page = await open({ at: '/drift?entry=cluster%3Aold' });
  await expect.poll(() => page.getByText('it may be settled by now').isVisible()).toBe(true);
});

test('a command is copied', async () => {
  const page = await open({ at: `/drift?entry=${encodeURIComponent(tablet)}` });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copy = page.getByRole('article', { name: tablet }).getByRole('button', { name: /--absorb/ });
  await copy.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByText('Copied', { exact: true }).count()).toBe(1);
  const held = await page.evaluate(() => navigator.clipboard.readText());
  expect(held).toBe(`stowage drift --cluster prod-eu --absorb '${tablet}'`);
});

test('the runs of the chart are gone through by keyboard', async () => {
  const page = await open({ at: '/drift' });
  const chart = page.getByRole('slider', { name: 'Runs' });
  await chart.focus();
  expect(await chart.getAttribute('aria-valuetext')).toBe('20 Nov 2026, 05:00 UTC: 9 new, 2 expired, 4 accepted; 1 not seen');
  await page.keyboard.press('Home');
  await expect.poll(() => chart.getAttribute('aria-valuetext')).toBe('31 Oct 2026, 05:00 UTC: 3 new, 1 accepted');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => chart.getAttribute('aria-valuenow')).toBe('2');
  await expect.poll(() => page.locator('.drift-readout').textContent()).toContain('2 Nov 2026, 05:00 UTC');
});

test('the table has the numbers of the chart, of one cluster where one is chosen', async () => {
  const page = await open({ at: '/drift?cluster=prod-us' });
  await page.getByText('as a table').click();
  const rows = page.getByRole('region', { name: 'Runs as a table' }).getByRole('row');
  await expect.poll(() => rows.count()).toBe(11);
  expect(await rows.nth(1).getByRole('cell').allTextContents()).toEqual(['3', '0', '1', '1', 'prod-us']);
});

test('a report without runs says how to get them', async () => {
  const report = rewriteReport({
    index: (index) => ({ ...index, parts: Object.fromEntries(Object.entries(index.parts).filter(([name]) => name !== 'drift')) }),
  });
  const page = await open({ at: '/drift', report });
  await expect.poll(() => page.getByText('stowage report --drift runs/', { exact: true }).first().isVisible()).toBe(true);
});

test('of very many differences the first are drawn, and the others when they are asked for', async () => {
  const entries = Array.from({ length: 400 }, (_, index) => driftEntry({ id: `cluster:dev/shop/Pod/web-${index}` }));
  const runs = [{ at: '2026-11-20T05:00:00Z', clusters: { 'prod-eu': { new: 400, expired: 0, accepted: 0, unseen: 0 } } }];
  const page = await open({ at: '/drift', report: rewriteReport({ drift: { runs, entries, unseen: [] } }) });
  await expect.poll(() => page.getByRole('article').count()).toBe(100);
  await page.getByLabel('Search differences').fill('web-399');
  await expect.poll(() => page.getByRole('article').count()).toBe(1);
  await page.getByLabel('Search differences').fill('');
  await page.getByRole('link', { name: 'Show the other 300' }).click();
  await expect.poll(() => page.getByRole('article').count()).toBe(400);
});

test('of a very long value the beginning is shown, and the rest when it is asked for', async () => {
  const live = `${'x'.repeat(100_000)}end`;
  const runs = [{ at: '2026-11-20T05:00:00Z', clusters: { 'prod-eu': { new: 1, expired: 0, accepted: 0, unseen: 0 } } }];
  const drift = { runs, entries: [driftEntry({ live })], unseen: [] };
  const page = await open({ at: '/drift', report: rewriteReport({ drift }) });
  const shown = page.locator('.drift-side.live pre');
  await expect.poll(async () => (await shown.textContent())?.length).toBeLessThan(2100);
  await page.getByRole('button', { name: 'Show all 100,003 characters' }).click();
  await expect.poll(async () => (await shown.textContent())?.endsWith('end')).toBe(true);
});

test('a cluster that no run looked at is a hole as well', async () => {
  const runs = [{ at: '2026-11-20T05:00:00Z', clusters: { 'prod-eu': { new: 0, expired: 0, accepted: 0, unseen: 0 } } }];
  const page = await open({ at: '/drift', report: rewriteReport({ drift: { runs, entries: [], unseen: [] } }) });
  const notice = page.getByRole('region', { name: 'Not all of it was seen' });
  await expect.poll(() => notice.textContent()).toContain('prod-us: no run looked at this cluster');
});
