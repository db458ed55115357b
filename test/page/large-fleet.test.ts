import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pageFiles } from '../../src/build-facts.ts';
import { printReportPage } from '../../src/report/print-page.ts';
import { largeIndex } from '../page-logic/support/made-index.ts';
import { useBrowser } from './support/browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'stowage-large-'));
const report = join(folder, 'large.html');
writeFileSync(report, printReportPage({ index: largeIndex(), parts: new Map() }, pageFiles()));
afterAll(() => rmSync(folder, { recursive: true }));

const open = useBrowser();

test('a fleet of 2,000 cells is shown, and a filter hides what does not answer it', async () => {
  const page = await open({ report });
  const heads = page.getByRole('rowheader', { name: /^environment-/ });
  await heads.nth(99).waitFor();
  await page.getByRole('combobox', { name: 'Stage' }).selectOption('prod');
  await page.getByText('40 of 100 environments, 800 of 2,000 overlays').waitFor();
  expect(await heads.filter({ visible: true }).count()).toBe(40);
  await page.getByRole('searchbox', { name: 'Find in the matrix' }).fill('environment-77 system-3');
  await page.getByText('1 of 100 environments, 1 of 2,000 overlays').waitFor();
});

test('with many clusters, their cards wait to be asked for', async () => {
  const page = await open({ report });
  await page.getByText('1 with more asked for than there is').waitFor();
  expect(await page.getByText('Kubernetes 1.34').count()).toBe(0);
  await page.getByRole('heading', { name: 'Clusters' }).click();
  await page.getByText('Kubernetes 1.34').nth(24).waitFor();
  expect(await page.getByText('exceeded at most').count()).toBe(1);
});

test('60,000 names are searched, and the view behind the list is not touched', async () => {
  const page = await open({ report });
  await page.getByRole('rowheader', { name: 'environment-99' }).waitFor();
  await page.evaluate(() => {
    const main = document.getElementById('main') as HTMLElement;
    new MutationObserver(() => main.setAttribute('data-touched', '')).observe(main, { childList: true, subtree: true });
  });
  const box = page.getByRole('combobox', { name: 'Search the fleet' });
  await box.pressSequentially('worker deploy');
  const options = page.getByRole('listbox', { name: 'Found' }).getByRole('option');
  await page.getByText('Objects and 9,970 more').waitFor();
  expect(await options.count()).toBe(30);
  await box.pressSequentially(' nowhere');
  await page.getByText('Nothing found: every word has to match.').waitFor();
  expect(await page.locator('main[data-touched]').count()).toBe(0);
});
