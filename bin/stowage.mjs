#!/usr/bin/env node
import { createRequire } from 'node:module';
import { loadMain } from './load-main.mjs';

// The most common call answers before anything else is loaded.
const words = process.argv.slice(2);
if (words[0] === '--version' || words[0] === '-V') {
  process.stdout.write(`${createRequire(import.meta.url)('../package.json').version}\n`);
} else {
  process.exitCode = await loadMain().main(words);
}
