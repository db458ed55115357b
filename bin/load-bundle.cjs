// Much of a short run is the compiling of our own code, so its compiled form is kept: by newer versions of
// Node themselves, for older ones beside each bundle, where the build puts it.

const { readFileSync } = require('node:fs');
const modules = require('node:module');
const { join } = require('node:path');
const vm = require('node:vm');

const dist = join(__dirname, '..', 'dist');

function loadBundle(name) {
  if (modules.enableCompileCache === undefined) return run(name, compile(name, read(compiledForm(name))));
  modules.enableCompileCache();
  return require(sourceOf(name));
}

function compiledForm(name) {
  return join(dist, `${name}.compiled`);
}

/** V8 refuses what another version of it has compiled, and compiles the source then. */
function compile(name, cachedData) {
  // Most of what these older versions optimize early is not done before the run is over, and takes cores from kustomize.
  require('node:v8').setFlagsFromString('--interrupt-budget=200000');
  const filename = sourceOf(name);
  // The build leaves nothing in it that is not ASCII, and so it needs no decoding.
  return new vm.Script(modules.wrap(readFileSync(filename, 'latin1')), {
    filename,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

function run(name, script) {
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, require, loaded, sourceOf(name), dist);
  return loaded.exports;
}

function sourceOf(name) {
  return join(dist, `${name}.cjs`);
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

module.exports = { loadBundle, compiledForm, compile, run };
