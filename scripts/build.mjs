// Bundles the CLI and the library: start-up time is mostly the reading of many small files.
//
//   node scripts/build.mjs [--types] [--maps <folder>]     --maps: elsewhere, with source maps, for a profile

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

function digestOfFolders(...folders) {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const path of readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .sort()) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  }
  hash.update(readFileSync(`${root}/package-lock.json`));
  return hash.digest('hex').slice(0, 16);
}

const maps = process.argv.indexOf('--maps');
const outdir = maps === -1 ? `${root}/dist` : process.argv[maps + 1];
rmSync(outdir, { recursive: true, force: true });
const common = {
  absWorkingDir: root,
  outdir,
  sourcemap: maps === -1 ? false : 'external',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  legalComments: 'none',
  // Large, and most runs need none of them.
  external: ['@kubernetes/client-node', '@octokit/*'],
  logLevel: 'warning',
};
const facts = {
  __VERSION__: JSON.stringify(version),
  __COMPILER__: JSON.stringify(`${version} ${digestOfFolders('src', 'schemas')}`),
};
// Only a script can be kept in compiled form.
const script = {
  ...common,
  format: 'cjs',
  // What is left outside is required: a script that was kept in compiled form cannot import.
  supported: { 'dynamic-import': false },
  outExtension: { '.js': '.cjs' },
  define: { ...facts, 'import.meta.url': '__bundleUrl' },
  banner: { js: "const __bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
};
// Of the client of Kubernetes only what reads a kubeconfig, without the classes for each kind: those are most of its
// 1,500 modules, and loading them takes longer than asking a cluster.
const clientName = '@kubernetes/client-node';
const clientBeside = {
  name: 'client-beside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${clientName}$`) }, () => ({ path: clientName, namespace: 'beside' }));
    // The bundle may have been loaded from elsewhere, so that only it knows where it lies.
    onLoad({ filter: /./, namespace: 'beside' }, () => ({
      contents: "module.exports = require(__dirname + '/kubernetes-client.cjs');",
    }));
  },
};
const withoutKinds = {
  name: 'without-kinds',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/gen\/index\.js$/ }, ({ resolveDir }) => ({ path: `${resolveDir}/gen`, namespace: 'gen' }));
    onLoad({ filter: /./, namespace: 'gen' }, ({ path }) => ({
      contents: "export * from './configuration.js'; export * from './servers.js';",
      resolveDir: path,
    }));
  },
};
// What most runs are, in a bundle of its own that is loaded faster: of all commands only those that start, compile
// and verify a fleet.
const compilingOnly = {
  name: 'compiling-only',
  setup({ onResolve }) {
    onResolve({ filter: /-command\.ts$/ }, ({ path, kind, importer }) =>
      kind === 'dynamic-import' && declaresCommands.test(importer) && !compiles.has(path) ? { path, external: true } : undefined,
    );
  },
};
const compiles = new Set(['./init-command.ts', './compile-command.ts']);
const declaresCommands = /\/commands\/(declare-\w+|program)\.ts$/;
await Promise.all([
  build({ ...script, entryPoints: { main: 'src/main.ts' }, plugins: [clientBeside] }),
  build({ ...script, entryPoints: { compiling: 'src/main.ts' }, plugins: [clientBeside, compilingOnly] }),
  build({
    ...script,
    entryPoints: { 'kubernetes-client': `${clientName}/dist/config.js` },
    external: ['encoding'],
    plugins: [withoutKinds],
  }),
  // Help needs the names of the commands and nothing that they do.
  build({ ...script, entryPoints: { program: 'src/commands/program.ts' }, external: [...common.external, './*-command.ts'] }),
  // What runs in browsers: it becomes part of the pages that `report` and `dev` make.
  build({
    absWorkingDir: root,
    outdir,
    entryPoints: { page: 'src/page/main.tsx' },
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['es2023', 'chrome123', 'firefox120', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
  }),
  build({
    ...common,
    entryPoints: { index: 'src/index.ts' },
    format: 'esm',
    define: facts,
    // Some dependencies are CommonJS and ask for Node's modules by require.
    banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  }),
]);
for (const bundle of ['main', 'compiling', 'program']) escapeAll(`${outdir}/${bundle}.cjs`);
if (maps === -1)
  execFileSync(process.execPath, [`${root}/scripts/keep-compiled.mjs`], { stdio: ['ignore', 'ignore', 'inherit'] });
if (process.argv.includes('--types'))
  execFileSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`, '--project', `${root}/tsconfig.types.json`], {
    stdio: 'inherit',
  });

/** Where esbuild leaves a sign outside of ASCII, in regular expressions, V8 would keep all of the text in twice the space. */
function escapeAll(path) {
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(path, readFileSync(path, 'utf8').replace(/[^\0-\x7f]/g, escaped));
}
