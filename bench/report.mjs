// The page on a fleet of many environments, and how soon an edit shows: measured in the browser that tests use.
//
//   npm run bench:report -- [--environments 100] [--runs 5]

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { fleetFiles, systems } from './fleet.mjs';
import { makeWorkFolder, median, peakMemory, time } from './measure.mjs';

const { values: options } = parseArgs({
  options: { environments: { type: 'string', default: '100' }, runs: { type: 'string', default: '5' } },
});
const [environments, runs] = [options.environments, options.runs].map(Number);
if ([environments, runs].some((count) => !Number.isInteger(count) || count < 1)) {
  console.error('usage: npm run bench:report -- [--environments 100] [--runs 5]');
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const more = ['accounting', 'archive', 'audit', 'invoices', 'ledger', 'notices', 'reports', 'returns'];
