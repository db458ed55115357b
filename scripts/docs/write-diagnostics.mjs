// Writes docs/diagnostics.md; with --check it only says whether the page is what it should be.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { diagnosticsPage } from './diagnostics.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = `${root}/docs/diagnostics.md`;
const text = await diagnosticsPage(root);

if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text) {
    console.error('docs/diagnostics.md is not what the codes and their cases say; run `node scripts/docs/write-diagnostics.mjs`');
    process.exitCode = 1;
  }
} else {
  mkdirSync(`${root}/docs`, { recursive: true });
  writeFileSync(page, text);
}
