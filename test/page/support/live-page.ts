import type { Page } from 'playwright-core';
import { type Ended, startStowage } from '../../support/run-cli.ts';

export interface Live {
  readonly address: string;
  /** All that it said so far. */
  readonly said: () => string;
  /** Ctrl-C, and how it ended then. */
  readonly interrupt: () => Promise<Ended>;
}

/** `stowage dev` of a fleet, when it says that it listens. */
export async function startDev(fleet: string, words: readonly string[] = []): Promise<Live> {
  const { child, end } = startStowage(['dev', '--port', '0', '--offline', ...words], { in: fleet });
  let said = '';
  const listening = new Promise<string>((resolve) => {
    const hear = (text: Buffer | string) => {
      said += text;
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
  });
  const ended = end.then(({ code, err }) => {
    throw new Error(`dev ended with ${code}: ${err}`);
  });
  const address = await Promise.race([listening, ended]);
  ended.catch(() => {});
  return {
    address,
    said: () => said,
    interrupt: () => {
      child.kill('SIGINT');
      return end;
    },
  };
}

/** Milliseconds from a save until the page shows a text that it did not show before. */
export async function timeToShow(page: Page, text: string, save: () => void): Promise<number> {
  const shown = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const isShown = () => document.querySelector('main')?.textContent?.includes(wanted) === true;
        if (isShown()) throw new Error(`${wanted} is shown already`);
        const observer = new MutationObserver(() => {
          if (!isShown()) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    text,
  );
  // The page looks out for it before it is there.
  await page.evaluate(() => 0);
  const start = Date.now();
  save();
  return (await shown) - start;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
