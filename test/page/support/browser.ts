import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { launchBrowser } from './launch-browser.ts';

export interface Look {
  /** Behind the `#`, such as `/system/fluss`. */
  readonly at?: string;
  /** By default the report of the reference fleet. */
  readonly report?: string;
  /** Whether its server ends while it is open: then it cannot be reached, and that is no error. */
  readonly losesServer?: boolean;
  readonly theme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
}

/** A page for each call, all in one browser that is closed when the file is through. Errors of the page are the test's. */
export function useBrowser(): (look?: Look) => Promise<Page> {
  let browser: Browser;
  const troubles: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    if (troubles.length > 0) throw new Error(`the page had errors:\n${troubles.join('\n')}`);
  });
  return async ({
    at = '',
    report = inject('report'),
    theme = 'light',
    losesServer = false,
    size = { width: 1280, height: 900 },
  } = {}) => {
    const context = await browser.newContext({ colorScheme: theme, viewport: size });
    const page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(String(error.stack ?? error)));
    page.on('console', (message) => {
      const lost = losesServer && message.text().includes('ERR_CONNECTION_REFUSED');
      if (message.type() === 'error' && !lost) troubles.push(message.text());
    });
    await page.goto(`${/^https?:/.test(report) ? report : pathToFileURL(report).href}#${at}`);
    return page;
  };
}
