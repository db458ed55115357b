// Keeps the bundle as V8 has compiled it, with all functions that a compile of a first fleet needs.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, compiledBundle, run } from '../bin/load-main.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stowage-'));
try {
  process.chdir(folder);
  const script = compile();
  const { main } = run(script);
  // Where there is no kustomize the second fails, and what verifies is compiled when it is called.
  for (const words of [['init'], ['compile'], ['compile', '--check']]) await main([...words, '--quiet']);
  writeFileSync(compiledBundle, script.createCachedData());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
