import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';

const open = useBrowser();
const boxOf = (page: Page) => page.getByRole('combobox', { name: 'Search the fleet' });
const active = (page: Page) => page.getByRole('option', { selected: true }).filter({ visible: true });

test('a slash leads to the box, and arrow keys and Enter to what is found', async () => {
  const page = await open();
  await boxOf(page).waitFor();
  await page.keyboard.press('/');
  await expect.poll(() => boxOf(page).evaluate((box) => box === document.activeElement)).toBe(true);
  await page.keyboard.type('prod-eu');
  await page.getByRole('group', { name: /Environments/ }).waitFor();
  expect(await active(page).textContent()).toContain('prod-eu');
  await page.keyboard.press('ArrowDown');
  const id = await boxOf(page).getAttribute('aria-activedescendant');
  expect(await active(page).getAttribute('id')).toBe(id);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).hash).toBe('#/fleet/prod-eu');
  const button = page.getByRole('button', { name: 'prod-eu' });
  await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('an object of many environments asks in which, production first', async () => {
  const page = await open();
  await boxOf(page).fill('namespace/flow-like');
  expect(await active(page).textContent()).toContain('4 environments');
  await boxOf(page).press('Enter');
  const places = page.getByRole('group', { name: 'Namespace/flow-like of flow-like is in' });
  await places.waitFor();
  expect(await active(page).textContent()).toContain('prod-eu');
  await boxOf(page).press('Escape');
  await places.waitFor({ state: 'detached' });
  await boxOf(page).press('Enter');
  await places.getByRole('option', { name: /^dev/ }).click();
  await expect.poll(() => new URL(page.url()).hash).toBe('#/object/dev/flow-like/Namespace%2Fflow-like');
});

test('a word that names an environment leads straight there', async () => {
  const page = await open();
  await boxOf(page).fill('namespace/flow-like staging');
  await boxOf(page).press('Enter');
  await expect.poll(() => new URL(page.url()).hash).toBe('#/object/staging/flow-like/Namespace%2Fflow-like');
});

test('Escape closes the list, then empties the box', async () => {
  const page = await open();
  await boxOf(page).fill('fluss');
  await page.getByRole('listbox', { name: 'Found' }).waitFor();
  await boxOf(page).press('Escape');
  expect(await boxOf(page).getAttribute('aria-expanded')).toBe('false');
  expect(await boxOf(page).inputValue()).toBe('fluss');
  await boxOf(page).press('Escape');
  expect(await boxOf(page).inputValue()).toBe('');
});

test('Ctrl+K leads to the box too, and a slash in another box is text', async () => {
  const page = await open();
  const find = page.getByRole('searchbox', { name: 'Find in the matrix' });
  await find.focus();
  await page.keyboard.press('/');
  expect(await find.inputValue()).toBe('/');
  await page.keyboard.press('Control+k');
  await expect.poll(() => boxOf(page).evaluate((box) => box === document.activeElement)).toBe(true);
});

test('where nothing is found, it says so', async () => {
  const page = await open();
  await boxOf(page).fill('zzz');
  await page.getByText('Nothing found: every word has to match.').waitFor();
});
