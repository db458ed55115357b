// Writes every generated page of docs/: runs each scripts/docs/write-*.mjs. With --check nothing stays
// written, and the exit code is 1 when a committed page is not what its generator writes.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const docs = join(root, 'docs');
const generators = join(root, 'scripts', 'docs');
const check = process.argv.includes('--check');

const before = readPages();
for (const generator of readdirSync(generators)
  .filter((name) => /^write-.*\.mjs$/.test(name))
  .sort()) {
  const { status } = spawnSync(process.execPath, [join(generators, generator)], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`scripts/docs/${generator} failed\n`);
    restore();
    process.exit(1);
  }
}
const after = readPages();
const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
if (check) restore();
for (const path of changed) process.stdout.write(`${check ? 'stale' : 'wrote'} docs/${path}\n`);
if (changed.length === 0) process.stdout.write('the generated pages of docs/ are up to date\n');
else if (check) {
  process.stderr.write('run `npm run docs` and commit what it writes\n');
  process.exitCode = 1;
}

function readPages() {
  return new Map(
    readdirSync(docs, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(docs, join(entry.parentPath, entry.name)))
      .map((path) => [path, readFileSync(join(docs, path), 'utf8')]),
  );
}

function restore() {
  for (const [path, text] of readPages()) {
    if (!before.has(path)) rmSync(join(docs, path));
    else if (before.get(path) !== text) writeFileSync(join(docs, path), before.get(path));
  }
}
