import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const program = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Chromium as a reader has it, with nothing that it would ask of the network by itself. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(program)) throw new Error(`there is no browser at ${program}: install chromium, or say CHROMIUM=<program>`);
  return chromium.launch({
    executablePath: program,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
