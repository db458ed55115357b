import axe from 'axe-core';
import { beforeAll, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';

const open = useBrowser();

const object = encodeURIComponent('StatefulSet/tablet-server');
const places = [
  '/fleet',
  '/fleet?open=dev',
  '/system',
  '/system/fluss/prod-eu',
  '/system/fluss/prod-eu?node=tablet',
  `/object/prod-eu/fluss/${object}`,
  `/object/prod-eu/fluss/${object}?field=spec.replicas`,
  '/change',
  '/change?mode=split',
  '/promotion',
  '/promotion/fluss?to=staging',
  '/drift',
  '/problems',
];

beforeAll(() => {
  expect(new Set(places).size).toBe(places.length);
});

test.each(places.flatMap((at) => [[at, 'light'] as const, [at, 'dark'] as const]))(
  '%s has no barrier, in %s',
  async (at, theme) => {
    const page = await open({ at, theme });
    await page.locator('main h2').first().waitFor();
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    // A policy keeps scripts out of the page; what a debugger evaluates is none of its matter.
    await page.evaluate(axe.source);
    const barriers = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
    });
    expect(barriers).toEqual([]);
  },
);

test.each(places)('%s fits a narrow screen', async (at) => {
  const page = await open({ at, size: { width: 360, height: 740 } });
  await page.locator('main h2').first().waitFor();
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test.each(places)('%s can be printed', async (at) => {
  const page = await open({ at });
  await page.locator('main h2').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  await expect.poll(() => page.locator('header nav').isVisible()).toBe(false);
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.length).toBeGreaterThan(10_000);
});
