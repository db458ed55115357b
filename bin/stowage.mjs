#!/usr/bin/env node
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const words = process.argv.slice(2);
// Who reads may stop reading.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await answer();

/** What asks for little is answered before the rest is loaded. */
async function answer() {
  switch (words[0]) {
    case '--version':
    case '-V':
      return print(`${require('../package.json').version}\n`);
    case '--help':
    case '-h':
      return require('../dist/program.cjs').buildProgram({ out: print, err: print }).run(words);
    default:
      return (await import('./load-main.mjs')).loadMain().main(words);
  }
}

function print(text) {
  process.stdout.write(text);
  return 0;
}
