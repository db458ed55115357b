// Takes the pictures of docs/images, in the browser that tests of the page use.
//
//   npm run screenshots

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = join(root, 'docs', 'images');
const encoded = encodeURIComponent;
const text = 'dev/flts|ConfigMap/inference-lb-config';
const pictures = [
  { name: 'fleet', at: '/fleet' },
  { name: 'fleet-dark', at: '/fleet', theme: 'dark' },
  { name: 'system', at: '/system/fluss/prod-eu?node=tablet', height: 1000 },
  { name: 'object', at: `/object/prod-eu/fluss/${encoded('StatefulSet/tablet-server')}?field=spec.replicas`, height: 760 },
  { name: 'change', at: '/change', height: 1000 },
  { name: 'change-text', at: `/change?mode=split&at=${encoded(text)}`, height: 620 },
  { name: 'promotion', at: '/promotion/thunderline?to=prod-eu', height: 760 },
  { name: 'drift', at: '/drift', height: 1000 },
  { name: 'narrow', at: '/fleet', width: 390, height: 780 },
];

const { launchBrowser, makePicturedReport } = await loadParts();
const folder = mkdtempSync(join(tmpdir(), 'stowage-pictures-'));
const browser = await launchBrowser();
try {
  const report = pathToFileURL(makePicturedReport(folder)).href;
  mkdirSync(images, { recursive: true });
  for (const { name, at, theme = 'light', width = 1280, height = 860 } of pictures) {
    const context = await browser.newContext({
      colorScheme: theme,
      viewport: { width, height },
      reducedMotion: 'reduce',
      timezoneId: 'UTC',
      locale: 'en-GB',
    });
    const page = await context.newPage();
    await page.goto(`${report}#${at}`);
    await page.locator('main h2').first().waitFor();
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    await page.screenshot({ path: join(images, `${name}.png`) });
    console.log(`docs/images/${name}.png`);
    await context.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

function loadParts() {
  const outfile = join(root, '.stowage', 'pictures', 'pictures.mjs');
  const entry = join(root, 'test', 'page', 'support', 'pictures.ts');
  buildSync({ entryPoints: [entry], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm' });
  return import(outfile);
}
