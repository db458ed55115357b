import { expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';

const open = useBrowser();

test('a report opens from disk with the fleet first', async () => {
  const page = await open();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('platform');
  expect(await page.locator('nav a[aria-current=page]').textContent()).toContain('Fleet');
});

test('who goes to another view is set before its heading, and the tab is called by it', async () => {
  const page = await open();
  await page.getByRole('link', { name: 'Problems' }).click();
  await expect.poll(() => page.title()).toBe('Problems · platform · Stowage');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('the way past the header leaves the address as it is', async () => {
  const page = await open({ at: '/fleet?stage=prod' });
  await page.getByRole('button', { name: 'Skip to the content' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Fleet');
  expect(new URL(page.url()).hash).toBe('#/fleet?stage=prod');
});

test('the reader’s colours hold, also when the page is opened again', async () => {
  const page = await open({ theme: 'light' });
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await scheme()).toBe('light dark');
  await page.getByRole('combobox', { name: 'Colours' }).selectOption('dark');
  await page.reload();
  await expect.poll(scheme).toBe('dark');
  await page.emulateMedia({ media: 'print' });
  expect(await scheme()).toBe('light');
});

test('it says when the fleet was looked at, by both clocks', async () => {
  const page = await open();
  const time = page.getByRole('banner').getByRole('time');
  expect(await time.getAttribute('title')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
});
