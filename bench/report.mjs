// The page of a large fleet, as a browser shows it: how soon the first of it, how soon all of it, how soon an answer.
//
//   npm run bench:report -- [--environments 100] [--runs 5]

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { fleetFiles, objectsPerSystem, systems } from './fleet.mjs';
import { makeWorkFolder, peakMemory, summarize, time } from './measure.mjs';

const { values: options } = parseArgs({
  options: { environments: { type: 'string', default: '100' }, runs: { type: 'string', default: '5' } },
});
const [environments, runs] = [options.environments, options.runs].map(Number);
if ([environments, runs].some((count) => !Number.isInteger(count) || count < 1)) {
  console.error('usage: npm run bench:report -- [--environments 100] [--runs 5]');
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const names = [...systems, 'accounting', 'archive', 'audit', 'invoices', 'ledger', 'notices', 'reports', 'returns'];
const targets = { paint: 1000, search: 50 };
const { launchBrowser } = await loadBrowser();
const work = makeWorkFolder();
const browser = await launchBrowser();
try {
  const fleet = writeFleet(join(work, 'fleet'));
  const page = join(work, 'report.html');
  const words = [process.execPath, join(root, 'bin', 'stowage.cjs'), 'report', '--offline', '-o', page];
  const { wall } = time(words, { cwd: fleet });
  const memory = Math.round((await peakMemory(words, { cwd: fleet }))?.own ?? 0);
  const looks = [];
  for (let run = 0; run <= runs; run += 1) looks.push(await look(page));
  // The first one starts the browser's own caches.
  const [, ...counted] = looks;
  const of = (pick) => summarize(counted.flatMap(pick));
  const results = {
    machine: {
      cores: availableParallelism(),
      processor: cpus()[0]?.model ?? '',
      memory: Math.round(totalmem() / 2 ** 30),
      load: loadavg()[0],
      node: process.version,
      browser: browser.version(),
    },
    fleet: {
      environments,
      systems: names.length,
      overlays: environments * names.length,
      objects: environments * names.length * objectsPerSystem,
    },
    report: { seconds: wall, memory, bytes: statSync(page).size, script: size('page.js'), style: size('page.css') },
    runs,
    paint: of(({ paint }) => paint),
    complete: of(({ complete }) => complete),
    search: of(({ keys }) => keys),
  };
  print(results);
  writeFileSync(join(root, 'bench', 'report-results.json'), `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}

function writeFleet(folder) {
  for (const [path, text] of fleetFiles(environments, names)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const git = (...rest) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...rest], { cwd: folder });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'fleet');
  return folder;
}

/** Opens the page anew, waits until all of it is there, and searches by key after key. */
async function look(path) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  await page.getByRole('row').nth(environments).waitFor({ state: 'attached' });
  const complete = await page.evaluate(() => performance.now());
  const paint = await firstPaint(page);
  await page.keyboard.press('/');
  const keys = [];
  for (const key of 'orders env-00') keys.push(await typed(page, key));
  await page.getByRole('listbox', { name: 'Found' }).getByRole('option').first().waitFor();
  await context.close();
  return { paint, complete, keys };
}

/** All rows of a small fleet may be there before the browser has painted, or has noted that it did. */
function firstPaint(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          for (const { startTime } of list.getEntriesByName('first-contentful-paint')) resolve(startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

/** Milliseconds from a key to the frame that shows what it found. */
function typed(page, key) {
  return page.evaluate((character) => {
    const box = document.activeElement;
    const began = performance.now();
    box.value += character;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - began);
        port2.postMessage(undefined);
      });
    });
  }, key);
}

function size(name) {
  return statSync(join(root, 'dist', name)).size;
}

function print({ fleet, report, paint, complete, search }) {
  const row = (what, { median, min, max }, target) =>
    `${what.padEnd(44)}${ms(median).padStart(10)}   ${ms(min)} to ${ms(max)}${target === undefined ? '' : `   ${median < target ? 'below' : 'NOT below'} ${ms(target)}`}`;
  console.log(`${fleet.environments} environments, ${fleet.systems} systems, ${fleet.objects} objects
stowage report: ${report.seconds.toFixed(1)} s, ${report.memory} MiB; ${(report.bytes / 2 ** 20).toFixed(1)} MiB, of which the page's own code ${((report.script + report.style) / 1000).toFixed(0)} kB
${row('first contentful paint', paint, targets.paint)}
${row('every row is there', complete)}
${row('a key in the search, until it is painted', search, targets.search)}`);
}

function ms(milliseconds) {
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

function loadBrowser() {
  const outfile = join(root, '.stowage', 'bench', 'browser.mjs');
  const entry = join(root, 'test', 'page', 'support', 'launch-browser.ts');
  buildSync({ entryPoints: [entry], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm' });
  return import(outfile);
}
