import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type PromotionFleet, promotedFiles, promotionFleet } from '../cli/promotion-fleet.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { useBrowser } from './support/browser.ts';

const open = useBrowser();
const stop = (page: Page, environment: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: environment, exact: true }) });

describe('the reference fleet, whose repository nobody can be asked about', () => {
  test('all systems stand next to each other, and why gates are not known stands there once', async () => {
    const page = await open({ at: '/promotion' });
    const row = page.getByRole('row', { name: /^fluss/ });
    await row.waitFor();
    expect(await row.getByRole('listitem').allTextContents()).toEqual([
      'devheadbegins here',
      'stagingheadpending',
      'prod-eu1.1.0pending',
      'prod-us1.1.0pending',
    ]);
    expect(await page.getByText('Gates and pull requests are not known').count()).toBe(1);
    await row.getByRole('link', { name: 'prod-eu' }).click();
    await page.getByRole('heading', { level: 3, name: 'staging → prod-eu' }).waitFor();
    expect(page.url()).toContain('#/promotion/fluss?to=prod-eu');
  });

  test('fields say what becomes of them and why, with the values of both', async () => {
    const page = await open({ at: '/promotion/flts?to=prod-eu' });
    const domain = page.getByRole('row', { name: /^parameters\.domain/ });
    await domain.waitFor();
    expect(await domain.getByRole('cell').allTextContents()).toEqual([
      'local staysits System says promote: local',
      'flts.staging.example.com',
      'flts.eu.example.com',
    ]);
    expect(await page.getByRole('row', { name: /^parameters\.clusterId/ }).textContent()).toContain('not set');
  });

  test('another environment is chosen from the drawing', async () => {
    const page = await open({ at: '/promotion/fluss' });
    await page.getByRole('heading', { level: 3, name: 'dev → staging' }).waitFor();
    await stop(page, 'prod-us')
      .getByRole('link', { name: /from staging/ })
      .click();
    await page.getByRole('heading', { level: 3, name: 'staging → prod-us' }).waitFor();
    expect(await page.getByRole('heading', { level: 3, name: '→' }).count()).toBe(1);
  });

  test('a system without a pipeline says so', async () => {
    const page = await open({ at: '/promotion/nothing' });
    await page.getByText('No pipeline leads nothing anywhere').waitFor();
  });

  test.each([
    ['light', 1280, ''],
    ['dark', 380, '/fluss?to=staging'],
  ] as const)('it is accessible: %s, %i wide', async (theme, width, at) => {
    const page = await open({ at: `/promotion${at}`, theme, size: { width, height: 900 } });
    await page.getByRole('table').waitFor();
    await page.evaluate(readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8'));
    const { violations } = await page.evaluate<AxeResults>('axe.run(document.querySelector(".promotion-view"))');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});

describe('a fleet that has been asked', () => {
  let fleet: PromotionFleet;
  let report: string;

  beforeAll(async () => {
    fleet = await promotionFleet(promotedFiles('{approvals: 1, soak: 2h}'));
    const dev = fleet.read('clusters/dev/dev.yaml');
    const system = fleet.read('systems/shop/system.yaml');
    await fleet.push({
      'clusters/dev/dev.yaml': dev.replace(
        'components: {web: {replicas: 2}}',
        'components: {web: {replicas: 2, env: {MODE: "fast & new"}, terminationGracePeriodSeconds: 40}}',
      ),
      'systems/shop/system.yaml': system.replace(':1.0.0', ':1.1.0'),
    });
    const opened = await fleet.run('promote', 'shop', '--to', 'staging');
    if (opened.code !== 0) throw new Error(opened.err);
    report = join(temporaryFolder(), 'report.html');
    const made = await fleet.run('report', '-o', report);
    if (made.code !== 0) throw new Error(made.err);
  });

  test('an environment says what runs there since when, what comes next, and what that waits for', async () => {
    const page = await open({ report, at: '/promotion/shop' });
    const staging = stop(page, 'staging');
    await staging.waitFor();
    expect(await staging.textContent()).toMatch(
      /waiting.*1\.0\.0.*since \d{4}-\d\d-\d\d.*Promote shop 1\.0\.1 to staging.*#1.*the pull request is not merged/,
    );
    // This host has no pages that a link could lead to.
    expect(await staging.getByRole('link', { name: '#1' }).count()).toBe(0);
    expect(await stop(page, 'prod-eu').textContent()).toContain('up to date');
    expect(await page.getByText('are not known').count()).toBe(0);
  });

  test('what a person must decide stands first, and the command grows by what they take along', async () => {
    const page = await open({ report, at: '/promotion/shop?to=staging' });
    const names = page.getByRole('rowheader');
    await names.first().waitFor();
    expect((await names.allTextContents()).slice(0, 3)).toEqual([
      'components.web.env.MODE',
      'components.web.terminationGracePeriodSeconds',
      'release',
    ]);
    const command = page.locator('.promotion-command > code');
    expect(await command.textContent()).toBe('stowage promote shop --to staging --dry-run');
    await page.getByRole('checkbox', { name: /take it along.*env\.MODE/ }).check();
    await expect
      .poll(() => command.textContent())
      .toBe('stowage promote shop --to staging --include components.web.env.MODE --dry-run');
    expect(await page.getByRole('row', { name: /^components\.web\.env\.MODE/ }).textContent()).toContain('goes along');
    await page.reload();
    await expect.poll(() => command.textContent()).toContain('--include components.web.env.MODE');
    const typed = (await command.textContent())?.split(' ').slice(1) ?? [];
    expect((await fleet.run(...typed)).code).toBe(0);
  });

  test('fields of one class only', async () => {
    const page = await open({ report, at: '/promotion/shop?to=staging' });
    await page.getByRole('button', { name: /^held 2/ }).click();
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(2);
    await page.getByRole('button', { name: /^carried 1/ }).click();
    await expect.poll(() => page.getByRole('rowheader').allTextContents()).toEqual(['release']);
    expect(page.url()).toContain('class=carry');
  });

  test('on paper all environments are told of', async () => {
    const page = await open({ report, at: '/promotion/shop?to=staging&class=carry' });
    await page.getByRole('table').waitFor();
    await page.emulateMedia({ media: 'print' });
    await expect
      .poll(() => page.getByRole('heading', { level: 3, name: '→' }).allTextContents())
      .toEqual(['dev → staging', 'staging → prod-eu', 'staging → prod-us']);
    expect(await page.getByRole('checkbox').count()).toBe(0);
  });
});
