// Keeps the bundles as V8 has compiled them, with all functions that help and a compile of a first fleet need.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, compiledForm, run } from '../bin/load-bundle.cjs';

const nowhere = () => undefined;
await keep('program', ({ buildProgram }) => buildProgram({ out: nowhere, err: nowhere }).run(['--help']));
for (const bundle of ['main', 'compiling'])
  await keep(bundle, async ({ main }) => {
    // Where there is no kustomize the second fails, and what verifies is compiled when it is called.
    for (const words of [['init'], ['compile'], ['compile', '--check']]) await main([...words, '--quiet'], nowhere);
  });

async function keep(bundle, use) {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-'));
  try {
    process.chdir(folder);
    const script = compile(bundle);
    await use(run(bundle, script));
    writeFileSync(compiledForm(bundle), script.createCachedData());
  } finally {
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true, force: true });
  }
}
