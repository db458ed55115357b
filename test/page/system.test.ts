import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';

const open = useBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run('main');
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}
const graph = (page: Page) => page.getByRole('group', { name: 'Dependency graph' });
const panel = (page: Page) => page.getByRole('complementary');

test('without a system all of them are there to choose from', async () => {
  const page = await open({ at: '/system' });
  await page.getByRole('link', { name: 'fluss', exact: true }).click();
  await expect.poll(() => page.getByRole('heading', { level: 2 }).textContent()).toBe('fluss in dev');
});

test('pickers keep the environment where the system runs there, and what is chosen', async () => {
  const page = await open({ at: '/system/thunderline/prod-eu?node=web' });
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  await expect.poll(() => page.url()).toContain('#/system/thunderline/staging?node=web');
  await page.getByRole('combobox', { name: 'System' }).selectOption('flow-like');
  await expect.poll(() => page.getByRole('heading', { level: 2 }).textContent()).toBe('flow-like in staging');
});

test('a system that does not run there says where it does', async () => {
  const page = await open({ at: '/system/flts/thunderline-hpo-demo' });
  await page.getByText('It does not run there').waitFor();
  await page.getByRole('link', { name: 'prod-us' }).click();
  await graph(page).waitFor();
});

test('a component says who may reach it and on which port, and that all else is refused', async () => {
  const page = await open({ at: '/system/thunderline/dev' });
  await graph(page)
    .getByRole('link', { name: /^minio StatefulSet/ })
    .click();
  await expect.poll(() => page.url()).toContain('node=minio');
  const rule = panel(page).getByRole('row', { name: /^web/ });
  await expect.poll(() => rule.first().textContent()).toContain('9000');
  expect(await panel(page).textContent()).toContain('Everything else is refused.');
  expect(await panel(page).textContent()).not.toContain('mlflow');
  await panel(page).getByRole('link', { name: 'Close' }).click();
  await expect.poll(() => panel(page).count()).toBe(0);
});

test('by keyboard a component shows where it is said, and Enter chooses it', async () => {
  const page = await open({ at: '/system/fluss/dev' });
  const node = graph(page).getByRole('link', { name: /^tablet StatefulSet/ });
  await node.focus();
  const said = page.getByRole('status').filter({ hasText: 'tablet' });
  await expect.poll(() => said.textContent()).toMatch(/systems\/fluss\/system\.yaml:\d+/);
  await page.keyboard.press('Enter');
  await expect.poll(() => panel(page).getByRole('heading', { level: 4 }).textContent()).toBe('tablet');
});

test('a line shows the expression that makes it, and what it opens', async () => {
  const page = await open({ at: '/system/fluss/dev' });
  const edge = graph(page).getByRole('link', { name: 'coordinator waits for and reaches zookeeper on client 2181' });
  await edge.focus();
  await expect.poll(() => page.getByRole('status').filter({ hasText: 'zookeeper' }).textContent()).toMatch(/system\.yaml:\d+/);
  await page.keyboard.press('Enter');
  await expect.poll(() => panel(page).textContent()).toContain('It starts after it, and the network is open');
});

test('what starts when is a list that leads into the graph', async () => {
  const page = await open({ at: '/system/fluss/dev' });
  const order = page.getByRole('region', { name: 'Start order' });
  expect((await order.getByRole('listitem').allTextContents())[0]).toMatch(/^Wave 0\s*zookeeper\s*minio$/);
  await order.getByRole('link', { name: 'zookeeper' }).click();
  await expect.poll(() => panel(page).getByRole('heading', { level: 4 }).textContent()).toBe('zookeeper');
  expect(await order.getByRole('link', { name: 'zookeeper' }).getAttribute('aria-current')).toBe('true');
});

test('what is exposed has a way in, and what is external stands last', async () => {
  const page = await open({ at: '/system/thunderline/prod-eu' });
  await graph(page).getByRole('link', { name: 'The outside reaches web' }).waitFor();
  const left = async (name: RegExp) => (await graph(page).getByRole('link', { name }).boundingBox())?.x ?? 0;
  const rim = await left(/^postgresql pg/);
  for (const name of [/^web Deployment/, /^worker Deployment/, /^migrate Job/]) expect(await left(name)).toBeLessThan(rim);
});

test('what is off can be left out, and that is in the address', async () => {
  const page = await open({ at: '/system/thunderline/dev' });
  await graph(page)
    .getByRole('link', { name: /^mlflow Deployment · off/ })
    .waitFor();
  await page.getByRole('link', { name: 'Hide the 6 that are off' }).click();
  await expect
    .poll(() =>
      graph(page)
        .getByRole('link', { name: /^mlflow Deployment · off/ })
        .count(),
    )
    .toBe(0);
  expect(page.url()).toContain('off=hidden');
});

test('the same stands in tables', async () => {
  const page = await open({ at: '/system/fluss/dev' });
  await page.getByRole('heading', { name: 'Who reaches whom' }).click();
  const row = page.getByRole('region', { name: 'Who reaches whom' }).getByRole('row', { name: /^coordinator zookeeper/ });
  expect(await row.getByRole('cell').allTextContents()).toEqual([
    'coordinator',
    'zookeeper',
    'client 2181',
    'yes',
    'open',
    'yes',
  ]);
});

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
] as const)('nothing keeps a reader out: %s, %i wide', async (theme, width) => {
  for (const at of ['/system', '/system/flow-like/prod-eu?node=api', '/system/flts/dev']) {
    const page = await open({ at, theme, size: { width, height: 800 } });
    await page.getByRole('heading', { level: 2 }).waitFor();
    if (at !== '/system') await graph(page).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  }
});

test('on paper the tables are open and the graph fits', async () => {
  const page = await open({ at: '/system/flts/dev', size: { width: 800, height: 1000 } });
  await graph(page).waitFor();
  await page.emulateMedia({ media: 'print' });
  await expect.poll(() => page.getByRole('cell', { name: 'kafka 9092' }).first().isVisible()).toBe(true);
  const box = await graph(page).boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 9999)).toBeLessThanOrEqual(800);
});
