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
  for (const words of [['init'], ['compile'], ['compile', '--check']]) {
    const code = await main([...words, '--quiet']);
    if (code !== 0) throw new Error(`stowage ${words.join(' ')} ended with ${code}`);
  }
  writeFileSync(compiledBundle, script.createCachedData());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
