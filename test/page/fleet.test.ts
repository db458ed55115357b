import { expect, test } from 'vitest';
import type { ReportIndex } from '../../src/report/report.ts';
import { useBrowser } from './support/browser.ts';
import { rewriteReport } from './support/rewrite-report.ts';

const open = useBrowser();

test('the matrix has environments in waves, and a cell says what its system is at', async () => {
  const page = await open();
  const waves = page.locator('.fleet-wave');
  await expect.poll(() => waves.allTextContents()).toEqual(['Wave 1', 'Wave 2', 'Wave 3', 'Outside of the pipeline']);
  const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'prod-eu' }) });
  expect(await row.getByText('protected').isVisible()).toBe(true);
  await row.getByRole('link', { name: 'thunderline 2.2.0' }).click();
  expect(new URL(page.url()).hash).toBe('#/system/thunderline/prod-eu');
});

test('filters stand in the address, and are taken back at once', async () => {
  const page = await open();
  await page.getByRole('combobox', { name: 'Cluster' }).selectOption('dev');
  await page.getByRole('searchbox', { name: 'Find in the matrix' }).fill('hpo');
  await page.getByText('2 of 8 environments').waitFor();
  expect(new URL(page.url()).hash).toBe('#/fleet?cluster=dev&find=hpo');
  await page.reload();
  await page.getByText('2 of 8 environments').waitFor();
  expect(await page.getByRole('searchbox', { name: 'Find in the matrix' }).inputValue()).toBe('hpo');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByText('8 environments, 20 overlays').waitFor();
  expect(new URL(page.url()).hash).toBe('#/fleet');
});

test('a system chosen leaves its column only', async () => {
  const page = await open({ at: '/fleet?system=flts' });
  await expect.poll(() => page.getByRole('columnheader').allTextContents()).toEqual(['Environment', 'flts']);
});

test('where nothing answers, it says so', async () => {
  const page = await open({ at: '/fleet?find=nowhere' });
  await page.getByText('Nothing answers these filters.').waitFor();
});

test('an environment opens by key to its objects in the order of sync waves, and each leads to itself', async () => {
  const page = await open();
  const button = page.getByRole('button', { name: 'staging' });
  await button.focus();
  await page.keyboard.press('Enter');
  expect(await button.getAttribute('aria-expanded')).toBe('true');
  expect(new URL(page.url()).hash).toBe('#/fleet?open=staging');
  const objects = page.getByRole('region', { name: 'Objects of flow-like in staging' });
  await objects.getByRole('link', { name: 'Namespace/flow-like' }).waitFor();
  const waves = (await objects.getByRole('term').allTextContents()).map((text) => Number(text.replace('sync wave ', '')));
  expect(waves).toEqual([...waves].sort((a, b) => a - b));
  await objects.getByRole('link', { name: 'Namespace/flow-like' }).click();
  expect(new URL(page.url()).hash).toBe('#/object/staging/flow-like/Namespace%2Fflow-like');
});

test('the address of an environment leads to it, opened', async () => {
  const page = await open({ at: '/fleet/prod-us' });
  const button = page.getByRole('button', { name: 'prod-us' });
  await expect.poll(() => button.getAttribute('aria-expanded')).toBe('true');
  await button.click();
  expect(await button.getAttribute('aria-expanded')).toBe('false');
});

test('arrow keys go from cell to cell', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'staging' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'));
  expect(await focused()).toBe('#/system/flow-like/prod-eu');
  await page.keyboard.press('ArrowLeft');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('prod-eu');
});

test('on a narrow screen each environment lists its systems by name', async () => {
  const page = await open({ size: { width: 380, height: 800 } });
  await page.getByRole('button', { name: 'prod-eu' }).waitFor();
  expect(
    await page
      .locator('.fleet-system')
      .first()
      .evaluate((name) => name.getBoundingClientRect().width),
  ).toBeGreaterThan(40);
  expect(await page.getByRole('columnheader').filter({ visible: true }).count()).toBe(0);
});

test('a bar shows a part of what is there, and nothing where nobody knows how much that is', async () => {
  const index = (whole: ReportIndex): ReportIndex => ({
    ...whole,
    clusters: whole.clusters.map((cluster, at) => (at === 0 ? { ...cluster, load: { ...cluster.load, allowed: [] } } : cluster)),
  });
  const page = await open({ report: rewriteReport({ index }) });
  await page.locator('.fleet-share').first().waitFor();
  const filled = (shares: ReturnType<typeof page.locator>) =>
    shares.evaluateAll((all) => all.map((share) => share.querySelector('.load-bar')?.childElementCount ?? 0));
  const unknown = await filled(page.locator('.fleet-share', { hasText: 'of an unknown capacity' }));
  const known = await filled(page.locator('.fleet-share', { hasNotText: 'of an unknown capacity' }));
  expect(unknown.length).toBeGreaterThan(0);
  expect(new Set(unknown)).toEqual(new Set([0]));
  expect(known.length).toBeGreaterThan(0);
  expect(known).not.toContain(0);
});
