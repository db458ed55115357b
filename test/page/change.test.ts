import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../support/fleet-files.ts';
import { commitAll, git } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { useBrowser } from './support/browser.ts';

const open = useBrowser();

const configMap = 'dev/flts|ConfigMap/inference-lb-config';
const to = (query: Readonly<Record<string, string>>) => `/change?${new URLSearchParams(query)}`;
const toggle = (page: Page, object: string) => page.getByRole('heading', { level: 4 }).getByRole('button', { name: object });
const rows = (page: Page, name: string) => page.getByRole('table', { name }).getByRole('row');

function reportOf(fleet: string): string {
  const report = join(temporaryFolder(), 'report.html');
  const { code, err } = stowage(['report', '--offline', '-o', report], { in: fleet });
  if (code !== 0) throw new Error(err);
  return report;
}

describe('what a reviewer has to know first', () => {
  test('the change says from where to where, and how much it is', async () => {
    const page = await open({ at: '/change' });
    await page.getByRole('heading', { level: 2, name: /HEAD .* → working tree/ }).waitFor();
    const header = await page.locator('.change-view > header').textContent();
    expect(header).toMatch(/8 overlays differ.*6 created.*19 changed.*16 deleted/);
  });

  test('what blocks stands first, once for all environments, with what lets it through', async () => {
    const page = await open({ at: '/change' });
    const headings = page.getByRole('heading', { level: 3 });
    await headings.first().waitFor();
    expect((await headings.allTextContents()).slice(0, 2)).toEqual([
      'blocking What would be deleted, replaced or lost',
      'hazards What to look at',
    ]);
    const claim = page.getByRole('row', { name: /PersistentVolumeClaim\/minio-backup/ });
    expect(await claim.count()).toBe(1);
    expect(await claim.textContent()).toMatch(
      /prod-eu.*prod-us.*volume.*100Gi.*--allow-delete PersistentVolumeClaim\/minio-backup/,
    );
  });

  test('a hazard leads to its change, which opens; and again when it was left', async () => {
    const page = await open({ at: '/change' });
    const link = page.getByRole('link', { name: 'PersistentVolumeClaim/minio-backup' });
    await link.click();
    const target = toggle(page, 'PersistentVolumeClaim/minio-backup');
    await expect.poll(() => target.getAttribute('aria-expanded')).toBe('true');
    await expect.poll(() => page.locator('button:focus').textContent()).toContain('minio-backup');
    expect(new URLSearchParams(page.url().split('?')[1]).get('at')).toBe('prod-eu/flts|PersistentVolumeClaim/minio-backup');
    await page.evaluate('scrollTo(0, 0)');
    await link.click();
    await expect.poll(async () => (await target.boundingBox())?.y).toBeLessThan(900);
  });

  test('a hazard of an object that does not change itself leads to the object', async () => {
    const page = await open({ at: '/change' });
    const link = page.getByRole('link', { name: 'Deployment/inference-lb', exact: true });
    expect(await link.getAttribute('href')).toBe('#/object/dev/flts/Deployment%2Finference-lb');
  });

  test('options are copied', async () => {
    const page = await open({ at: '/change' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy --allow-delete PersistentVolumeClaim/minio-backup' }).click();
    const clipboard = () => page.evaluate('navigator.clipboard.readText()');
    await expect.poll(clipboard).toBe('--allow-delete PersistentVolumeClaim/minio-backup');
    await page.getByRole('button', { name: 'Copy all options' }).click();
    await expect.poll(clipboard).toContain('--allow-delete CronJob/minio-backup --allow-delete');
  });
});

describe('changes', () => {
  test('the same change in several environments stands there once, with their names', async () => {
    const page = await open({ at: to({ text: 'coordinator-server', environment: 'staging' }) });
    const fold = page.locator('.change-fold');
    await fold.waitFor();
    expect(await fold.count()).toBe(1);
    expect(await fold.getByRole('list', { name: 'Environments' }).first().getByRole('listitem').allTextContents()).toEqual([
      'dev',
      'staging',
    ]);
    const values = page.locator('.change-values');
    expect(await values.textContent()).toBe('apache/fluss:0.9.1-incubating → apache/fluss:0.9.2-incubating');
    expect(await values.locator('b').allTextContents()).toEqual(['1', '2']);
    expect(await page.locator('.change-because').textContent()).toContain('systems/fluss/system.yaml:');
  });

  test('a text is compared line by line, with its numbers and with the words that differ', async () => {
    const page = await open({ at: to({ at: configMap }) });
    const lines = rows(page, 'Change of data["haproxy.cfg"]');
    await lines.first().waitFor();
    const texts = await lines.evaluateAll((all) =>
      all.map((row) =>
        [...row.children]
          .map(({ textContent }) => textContent?.trim() ?? '')
          .filter((text) => text !== '')
          .join(' '),
      ),
    );
    expect(texts).toContain('4 − maxconn 4096');
    expect(texts).toContain('4 + maxconn 8192');
    expect(texts).toContain('5 + tune.bufsize 32768');
    expect(texts).toContain('36 − stats refresh 10s');
    expect(await lines.locator('del').allTextContents()).toEqual(['4096', '60s', '60s']);
    expect(await lines.locator('ins').allTextContents()).toEqual(['8192', '120s', '90s']);
  });

  test('both sides stand next to each other when that is wanted, and the address keeps it', async () => {
    const page = await open({ at: to({ at: configMap }) });
    await page.getByRole('button', { name: 'Side by side' }).click();
    const line = rows(page, 'Change of data["haproxy.cfg"]').filter({ hasText: 'maxconn' });
    const cells = line.getByRole('cell');
    await expect
      .poll(async () => (await cells.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim()))
      .toEqual(['4', '− maxconn 4096', '4', '+ maxconn 8192']);
    const [left, right] = await Promise.all([cells.nth(1).boundingBox(), cells.nth(3).boundingBox()]);
    expect(left?.y).toBe(right?.y);
    expect(page.url()).toContain('mode=split');
  });

  test('where there is no room, side by side is one under the other', async () => {
    const page = await open({ at: to({ at: configMap, mode: 'split' }), size: { width: 380, height: 800 } });
    const cells = rows(page, 'Change of data["haproxy.cfg"]').filter({ hasText: 'maxconn' }).locator('td.text');
    await cells.first().waitFor();
    const [left, right] = await Promise.all([cells.nth(0).boundingBox(), cells.nth(1).boundingBox()]);
    expect(left?.x).toBe(right?.x);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(380);
  });

  test('what is removed and put in its place is one change of lines', async () => {
    const page = await open({ at: to({ system: 'thunderline', text: 'thunderline-web' }) });
    const lines = rows(page, 'Change of spec.egress[2]');
    await lines.first().waitFor();
    expect(await lines.locator('del').allTextContents()).toEqual(['24']);
    expect(await lines.locator('ins').allTextContents()).toEqual(['16']);
  });

  test('what is new is shown whole, and only when it is opened', async () => {
    const page = await open({ at: to({ environment: 'dev', system: 'fluss' }) });
    const button = toggle(page, 'Deployment/flink-jobmanager');
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await button.focus();
    await page.keyboard.press('Enter');
    const whole = page.getByRole('region', { name: 'Deployment/flink-jobmanager, as it will be' });
    await whole.waitFor();
    expect(await whole.textContent()).toMatch(/kind: Deployment[\s\S]*apache\/fluss-quickstart-flink:1\.20-0\.9\.2-incubating/);
    expect(await page.getByRole('link', { name: 'see where each line comes from' }).getAttribute('href')).toBe(
      '#/object/dev/fluss/Deployment%2Fflink-jobmanager',
    );
    await page.keyboard.press('Enter');
    await expect.poll(() => whole.count()).toBe(0);
  });

  test('what goes is shown as it was', async () => {
    const page = await open({ at: to({ at: 'prod-us/flts|PersistentVolumeClaim/postgres-backup' }) });
    const whole = page.getByRole('region', { name: 'PersistentVolumeClaim/postgres-backup, as it was' });
    await whole.waitFor();
    expect(await whole.textContent()).toMatch(/kind: PersistentVolumeClaim[\s\S]*storage: 50Gi/);
  });

  test('all are opened and closed at once', async () => {
    const page = await open({ at: '/change' });
    const buttons = page.getByRole('heading', { level: 4 }).getByRole('button');
    await page.getByRole('button', { name: 'Expand all' }).click();
    const states = () => buttons.evaluateAll((all) => [...new Set(all.map((button) => button.getAttribute('aria-expanded')))]);
    await expect.poll(states).toEqual(['true']);
    await toggle(page, 'CronJob/minio-backup').click();
    await page.getByRole('button', { name: 'Collapse all' }).click();
    await expect.poll(states).toEqual(['false']);
  });
});

describe('filters', () => {
  test('what is chosen and typed narrows down changes and hazards, and stands in the address', async () => {
    const page = await open({ at: '/change' });
    const names = () => page.locator('.change-entry .change-object').allTextContents();
    await page.getByRole('combobox', { name: 'Environment' }).selectOption('prod-us');
    await expect.poll(async () => (await names()).length).toBe(10);
    expect(await page.getByText('NetworkPolicy/thunderline-web').count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Object or field' }).fill('cronjob');
    await expect.poll(names).toEqual(['CronJob/minio-backup', 'CronJob/postgres-backup']);
    await expect.poll(() => page.url()).toMatch(/environment=prod-us.*text=cronjob/);
    await page.reload();
    await expect.poll(names).toEqual(['CronJob/minio-backup', 'CronJob/postgres-backup']);
    await page.getByRole('searchbox', { name: 'Object or field' }).fill('nothing of that name');
    await page.getByText('No change is like that').waitFor();
    await page.getByRole('link', { name: 'Show all changes' }).click();
    await expect.poll(async () => (await names()).length).toBe(28);
  });

  test('only what is dangerous', async () => {
    const page = await open({ at: '/change' });
    await page.getByRole('button', { name: 'Hazards only' }).click();
    const names = () => page.locator('.change-entry .change-object').allTextContents();
    await expect.poll(names).not.toContain('ConfigMap/inference-lb-config');
    expect(await names()).toContain('NetworkPolicy/thunderline-web');
  });

  test('a link to what a filter hides says so', async () => {
    const page = await open({ at: to({ at: configMap, system: 'fluss' }) });
    await page.getByText('The filter hides what this link leads to').waitFor();
    await page.getByRole('link', { name: 'Show it' }).click();
    await expect.poll(() => toggle(page, 'ConfigMap/inference-lb-config').getAttribute('aria-expanded')).toBe('true');
  });

  test('a link to what is not there any more says so', async () => {
    const page = await open({ at: to({ at: 'dev/fluss|ConfigMap/gone' }) });
    await page.getByText('not in this report').waitFor();
  });
});

describe('wherever it is read', () => {
  test('on paper everything is open, and one side under the other', async () => {
    const page = await open({ at: to({ mode: 'split', open: 'none' }) });
    await page.getByRole('heading', { level: 2 }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const lines = rows(page, 'Change of data["haproxy.cfg"]');
    await expect.poll(() => lines.count()).toBeGreaterThan(20);
    expect(await page.locator('.change-diff.split').count()).toBe(0);
    expect(await page.getByRole('searchbox').count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => lines.count()).toBe(0);
  });

  test('a report that has nothing to compare with says why', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, smallFleet);
    const page = await open({ at: '/change', report: reportOf(folder) });
    await page.getByText('This report has nothing to compare with').waitFor();
    await page.locator('main').getByText('changes are not shown: ').waitFor();
  });

  test('nothing that changes is good news', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, smallFleet);
    git(folder, 'init', '--quiet', '--initial-branch=main');
    git(folder, 'config', 'user.name', 'test');
    git(folder, 'config', 'user.email', 'test@localhost');
    commitAll(folder);
    const page = await open({ at: '/change', report: reportOf(folder) });
    await page.getByText('Nothing changes').waitFor();
  });

  test.each([
    ['light', 1280],
    ['dark', 380],
  ] as const)('it is accessible: %s, %i wide', async (theme, width) => {
    const page = await open({ at: to({ open: 'all' }), theme, size: { width, height: 900 } });
    await page
      .getByRole('region', { name: /as it will be/ })
      .first()
      .waitFor();
    await page.evaluate(readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8'));
    const { violations } = await page.evaluate<AxeResults>('axe.run(document.querySelector(".change-view"))');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});
