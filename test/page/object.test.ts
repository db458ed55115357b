import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { stowage } from '../support/run-cli.ts';
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
const at = (object: string, field = '', overlay = 'dev/thunderline') =>
  `/object/${overlay}/${encodeURIComponent(object)}${field === '' ? '' : `?${new URLSearchParams({ field })}`}`;
const tree = (page: Page) => page.getByRole('tree');
const item = (page: Page, name: string | RegExp) => tree(page).getByRole('treeitem', { name, exact: true });
const panel = (page: Page) => page.getByRole('complementary');
const env = 'ConfigMap/thunderline-env';

test('objects are listed as they are applied, and filtered', async () => {
  const page = await open({ at: '/object/dev/thunderline' });
  const list = page.getByRole('navigation', { name: 'Objects' });
  expect((await list.getByRole('heading').allTextContents())[0]).toMatch(/^Wave -2/);
  await list.getByRole('searchbox').fill('config env');
  await expect.poll(() => list.getByRole('link').count()).toBe(1);
  expect(page.url()).toContain('q=config+env');
  await list.getByRole('link').click();
  await expect.poll(() => page.getByRole('heading', { level: 2 }).textContent()).toBe(env);
});

test('a value says its line, the expression, what that was computed from, and what it beat', async () => {
  const page = await open({ at: at(env) });
  await item(page, 'LOG_LEVEL: debug').click();
  await expect.poll(() => page.url()).toContain('field=data.LOG_LEVEL');
  const said = (await panel(page).textContent()) ?? '';
  expect(said).toMatch(/systems\/thunderline\/system\.yaml:\d+:\d+/);
  expect(said).toContain('LOG_LEVEL: ${parameters.logLevel}');
  expect(said).toContain('profile dev');
  expect(await panel(page).locator('del').textContent()).toBe('info');
});

test('the command that is shown says the same', async () => {
  const page = await open({ at: at('Deployment/thunderline-web', 'spec.template.spec.containers[web].image') });
  const command = await panel(page)
    .getByText(/^stowage why/)
    .textContent();
  const words = (command ?? '').replaceAll("'", '').split(' ').slice(1);
  const { code, out } = stowage(words, { in: inject('fleet') });
  expect(code).toBe(0);
  expect(out).toContain(await panel(page).locator('pre').first().textContent());
});

test('a value is held against all other environments, and leads there', async () => {
  const page = await open({ at: at(env, 'data.LOG_LEVEL') });
  await panel(page).getByText('2 different ones in 7.').waitFor();
  const groups = panel(page).getByRole('list').last().getByRole('listitem');
  expect(await groups.first().textContent()).toMatch(/^as here\s*dev/);
  expect(await groups.last().textContent()).toMatch(/^differs.*prod-eu.*info$/s);
  await groups.last().getByRole('link', { name: 'prod-eu' }).click();
  await expect.poll(() => panel(page).locator('pre').first().textContent()).toBe('info');
  expect(page.url()).toContain('/object/prod-eu/thunderline/');
});

test('what other environments do not have, they are said not to have', async () => {
  const page = await open({ at: at('StatefulSet/thunderline-postgresql', 'spec.replicas') });
  await panel(page).getByText('There is no such object.').waitFor();
  await panel(page).getByText('not there').waitFor();
});

test('a map can be chosen as a whole', async () => {
  const page = await open({ at: at('Deployment/thunderline-web', 'spec.template.spec.containers[web]') });
  await expect.poll(() => panel(page).locator('pre').first().textContent()).toContain('"name": "web"');
  await panel(page)
    .getByText(/different ones in 7/)
    .waitFor();
});

test('by keyboard: arrows move, left closes, right opens, Enter chooses', async () => {
  const page = await open({ at: at('Deployment/thunderline-web') });
  await item(page, 'apiVersion: apps/v1').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const metadata = item(page, /^metadata:/).first();
  await expect.poll(() => metadata.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => metadata.getAttribute('aria-expanded')).toBe('false');
  expect(await metadata.textContent()).toMatch(/\d keys/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('field=metadata.name');
  expect(await tree(page).locator('[tabindex="0"]').count()).toBe(1);
});

test('a field that is not there says so, and the rest of the page stays', async () => {
  const page = await open({ at: at(env, 'data.constructor') });
  await panel(page).getByText('There is no such field').waitFor();
  await item(page, 'LOG_LEVEL: debug').waitFor();
});

/** The report of the reference fleet with other values in one object. */
function reportWith(name: string, data: Record<string, unknown>): string {
  const report = inject('report');
  const page = readFileSync(report, 'utf8').replace(/(id="part:overlay\/dev\/thunderline">)([^<]*)/, (_, start, packed) => {
    const part = JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString());
    const object = part.objects.find(({ id }: { id: string }) => id === env);
    object.value.data = data;
    return start + deflateRawSync(JSON.stringify(part)).toString('base64');
  });
  const file = join(report, `../${name}.html`);
  writeFileSync(file, page);
  return file;
}

test('large values are cut, and shown whole when somebody asks', async () => {
  const lines = Array.from({ length: 5000 }, (_, line) => `key-${line} = value`).join('\n');
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, place) => [`many-${place}`, 'x']));
  const report = reportWith('large', { huge: 'x'.repeat(1_000_000), lines, ...many });
  const page = await open({ at: at(env), report });
  await tree(page).waitFor();
  expect((await tree(page).textContent())?.length).toBeLessThan(40_000);
  await tree(page).getByRole('button', { name: 'Show all 1,000,000 characters' }).click();
  await expect.poll(async () => (await tree(page).textContent())?.length).toBeGreaterThan(1_000_000);
  expect(page.url()).not.toContain('field=');
  await tree(page)
    .getByRole('button', { name: /^Show all 8.,... characters/ })
    .click();
  await expect.poll(async () => tree(page).textContent()).toContain('key-4999 = value');
  await page.getByRole('button', { name: /^Show all 1,0.. lines/ }).click();
  await tree(page).getByText('many-999', { exact: true }).click();
  await panel(page).getByText('data.many-999').first().waitFor();
});

test('hostile texts are only texts', async () => {
  const report = reportWith('hostile', {
    html: '<img src=x onerror="throw new Error(1)"></script><script>throw new Error(2)</script>',
    bidi: 'user\u202enimda',
    ...JSON.parse('{"__proto__": "a", "constructor": "b"}'),
    '"]["odd': 'c',
  });
  const page = await open({ at: at(env, 'data.__proto__'), report });
  await expect.poll(() => panel(page).locator('pre').first().textContent()).toBe('a');
  expect(await tree(page).locator('img, script').count()).toBe(0);
  expect(await tree(page).textContent()).toContain('user\\u202enimda');
  await tree(page).getByRole('treeitem', { name: /odd/ }).click();
  await expect.poll(() => panel(page).locator('pre').first().textContent()).toBe('c');
  await item(page, 'constructor: b').click();
  await expect.poll(() => panel(page).locator('pre').first().textContent()).toBe('b');
});

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
] as const)('nothing keeps a reader out: %s, %i wide', async (theme, width) => {
  for (const place of ['/object/dev/thunderline', at('Deployment/thunderline-web', 'spec.template.spec.containers[web].image')]) {
    const page = await open({ at: place, theme, size: { width, height: 800 } });
    await page.getByRole('navigation', { name: 'Objects' }).waitFor();
    if (place.includes('field'))
      await panel(page)
        .getByText(/in all 7|ones in 7/)
        .waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  }
});
