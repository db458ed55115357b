// Much of a short run is the compiling of our own code, so its compiled form is kept: by newer versions of
// Node themselves, for older ones beside the bundle, where the build puts it.

import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const bundle = fileURLToPath(new URL('../dist/main.cjs', import.meta.url));
export const compiledBundle = fileURLToPath(new URL('../dist/main.compiled', import.meta.url));

export function loadMain() {
  if (module.enableCompileCache === undefined) return run(compile(read(compiledBundle)));
  module.enableCompileCache();
  return require(bundle);
}

/** V8 refuses what another version of it has compiled, and compiles the source then. */
export function compile(cachedData) {
  return new vm.Script(module.wrap(readFileSync(bundle, 'utf8')), {
    filename: bundle,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

export function run(script) {
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, require, loaded, bundle, dirname(bundle));
  return loaded.exports;
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
