#!/usr/bin/env node
const { fstatSync, writeFileSync } = require('node:fs');
const { loadBundle } = require('./load-bundle.cjs');

/** What is asked for most often loads without all the others. */
const ofCompiling = new Set(['init', 'compile', 'verify']);

const words = process.argv.slice(2);
const toFile = fstatSync(1).isFile();
for (const stream of [process.stdout, process.stderr]) stream.on('error', fail);
// Where nothing is left to wait for and no answer was given, that is no success.
process.on('exit', () => {
  process.exitCode ??= 3;
});
answer().then((code) => {
  process.exitCode ??= code;
});

/** What asks for little is answered before the rest is loaded. */
async function answer() {
  switch (words[0]) {
    case '--version':
    case '-V':
      return print(`${require('../package.json').version}\n`);
    case '--help':
    case '-h':
      return loadBundle('program').buildProgram({ out: print, err: print }).run(words);
    default:
      return loadBundle(ofCompiling.has(words[0]) ? 'compiling' : 'main').main(words, print);
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
