import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withFiles, writeFiles } from '../support/fleet-files.ts';
import { commitAll, gitFolder } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { useBrowser } from './support/browser.ts';
import { hostileFleet, hostileRun } from './support/hostile-fleet.ts';

const open = useBrowser();

const objects = ['Deployment/shop-web', 'ConfigMap/shop-pages', 'ConfigMap/shop-env', 'ConfigMap/odd'];
const places = [
  '/fleet?open=dev',
  '/system/shop/dev',
  '/system/shop/prod?node=web',
  ...objects.map((id) => `/object/prod/shop/${encodeURIComponent(id)}`),
  `/object/prod/shop/${encodeURIComponent('ConfigMap/shop-pages')}?field=${encodeURIComponent('data["page.html"]')}`,
  `/object/prod/shop/${encodeURIComponent('<img src=x onerror=hacked=1>')}?field=${encodeURIComponent('<b>"')}`,
  '/change',
  '/change?mode=split',
  '/promotion/shop',
  '/promotion/shop?to=prod',
  '/drift',
  '/problems',
  '/%3Cscript%3E/%3Cimg%20src=x%3E?q=%3Cscript%3E',
];

test('no text of a fleet is anything but a text', { timeout: 300_000 }, async () => {
  const page = await open({ report: hostileReport() });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', (dialog) => {
    throw new Error(`a dialog was opened: ${dialog.message()}`);
  });
  await page.evaluate(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => {
      (globalThis as unknown as { refused: string }).refused = `${violatedDirective} ${sample}`;
    });
  });
  for (const place of places) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, place);
    await page.locator('main h2').first().waitFor();
    await openEverything(page);
    expect(await oddities(page), place).toEqual([]);
  }
  expect(requests).toEqual([]);
});

function hostileReport(): string {
  const fleet = gitFolder(hostileFleet());
  commitAll(fleet);
  const changed = withFiles(hostileFleet(), {});
  const text = String(changed.get('clusters/dev/dev.yaml')).replace('greeting: "dev"', 'greeting: "<i>hello</i>"');
  const page = String(changed.get('systems/shop/files/page.html')).replace(
    '<!doctype html>',
    '<!doctype html>\n<script>globalThis.hacked = 8</script>',
  );
  writeFiles(
    fleet,
    new Map([
      ['clusters/dev/dev.yaml', text],
      ['systems/shop/files/page.html', page],
      ['runs/run.json', hostileRun()],
    ]),
  );
  const report = join(fleet, 'report.html');
  const { code, err } = stowage(['report', '--drift', 'runs', '-o', report], { in: fleet });
  expect({ code, err }).toMatchObject({ code: 0 });
  return report;
}

/** What is folded may hold what is dangerous. */
async function openEverything(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (let round = 0; round < 3; round += 1) {
      for (const details of document.querySelectorAll('details:not([open])')) details.querySelector('summary')?.click();
      for (const button of document.querySelectorAll<HTMLElement>('main button[aria-expanded="false"]')) button.click();
      await frame();
    }
  });
}

/** Elements and attributes that none of our own code makes, and characters that change how others are read. */
function oddities(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { hacked, refused } = globalThis as unknown as { hacked: unknown; refused: unknown };
    if (hacked !== undefined) found.push(`it ran: ${String(hacked)}`);
    if (refused !== undefined) found.push(`it was refused: ${String(refused)}`);
    for (const element of document.querySelectorAll('body *')) {
      const name = element.localName;
      if (['img', 'iframe', 'object', 'embed', 'base', 'meta', 'style', 'link', 'form'].includes(name))
        found.push(element.outerHTML);
      if (name === 'script' && !['application/json', 'text/plain', ''].includes((element as HTMLScriptElement).type))
        found.push(element.outerHTML);
      for (const { name: attribute, value } of element.attributes) {
        if (attribute.startsWith('on')) found.push(`${name} ${attribute}=${value}`);
        if (['href', 'src', 'action', 'xlink:href'].includes(attribute) && !value.startsWith('#'))
          found.push(`${name} ${attribute}=${value}`);
      }
    }
    const odd = /[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/;
    if (odd.test(document.getElementById('app')?.textContent ?? '')) found.push('a character that changes how others are read');
    return found;
  });
}
