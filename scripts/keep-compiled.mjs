// Keeps the bundles as V8 has compiled them, with all functions that a compile of a first fleet needs.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, compiledForm, run } from '../bin/load-main.mjs';

for (const bundle of ['main', 'compiling']) {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-'));
  try {
    process.chdir(folder);
    const script = compile(bundle);
    const { main } = run(bundle, script);
    // Where there is no kustomize the second fails, and what verifies is compiled when it is called.
    for (const words of [['init'], ['compile'], ['compile', '--check']]) await main([...words, '--quiet']);
    writeFileSync(compiledForm(bundle), script.createCachedData());
  } finally {
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true, force: true });
  }
}
