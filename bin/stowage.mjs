#!/usr/bin/env node
import { fstatSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const words = process.argv.slice(2);
const toFile = fstatSync(1).isFile();
for (const stream of [process.stdout, process.stderr]) stream.on('error', fail);
const code = await answer();
process.exitCode ??= code;

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
      return (await import('./load-main.mjs')).loadMain(words).main(words, print);
  }
}

/** To a file all of it: of a text for which the disk has room in part, the stream of Node loses the rest in silence. */
function print(text) {
  if (!toFile) process.stdout.write(text);
  else
    try {
      writeFileSync(1, text);
    } catch (error) {
      fail(error);
    }
  return 0;
}

/** Who reads may stop reading. Anything else is told once, and the command goes on to its end. */
function fail({ code, message }) {
  if (code === 'EPIPE' || process.exitCode === 3) return;
  process.exitCode = 3;
  process.stderr.write(`error: cannot write to standard output: ${message.split(',')[0]}\n`);
}
