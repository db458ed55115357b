import { expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';

const open = useBrowser();

test('a report opens from disk with the fleet first', async () => {
  const page = await open();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('platform');
  expect(await page.locator('nav a[aria-current=page]').textContent()).toContain('Fleet');
});
