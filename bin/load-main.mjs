// Much of a short run is the compiling of our own code, so its compiled form is kept: by newer versions of
// Node themselves, for older ones beside each bundle, where the build puts it.

import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
/** What is asked for most often loads without all the others. */
const ofCompiling = new Set(['init', 'compile', 'verify']);

export function loadMain([command]) {
  const bundle = ofCompiling.has(command) ? 'compiling' : 'main';
  if (module.enableCompileCache === undefined) return run(bundle, compile(bundle, read(compiledForm(bundle))));
  module.enableCompileCache();
  return require(sourceOf(bundle));
}

export function compiledForm(bundle) {
  return join(dist, `${bundle}.compiled`);
}

/** V8 refuses what another version of it has compiled, and compiles the source then. */
export function compile(bundle, cachedData) {
  const filename = sourceOf(bundle);
  // The build leaves nothing in it that is not ASCII, and so it needs no decoding.
  return new vm.Script(module.wrap(readFileSync(filename, 'latin1')), {
    filename,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

export function run(bundle, script) {
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, require, loaded, sourceOf(bundle), dist);
  return loaded.exports;
}

function sourceOf(bundle) {
  return join(dist, `${bundle}.cjs`);
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
