// `npm start`: from a fresh clone to a compiled and proven fleet, offered as pull requests, with Node and git alone.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const stowage = 'node bin/stowage.mjs';

requireNode(20, 19);
if (!isInstalled()) {
  say('installing the dependencies (npm ci) …');
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'is the package registry reachable? Then run `npm ci` to see more');
}
if (!isBuilt()) {
  say('building (npm run build) …');
  node(['scripts/build.mjs']);
}
say(`compiling the fleet in this repository (${stowage} compile) …`);
node(['bin/stowage.mjs', 'compile'], 'inherit');
showWhereToLook();
showPullRequests('prod-eu');

function requireNode(major, minor) {
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  process.stderr.write(
    `Stowage needs Node ${major}.${minor} or newer, and this is ${process.version}: install one from https://nodejs.org\n`,
  );
  process.exit(1);
}

/** Whether what npm installed is what the lock file names; packages for other platforms may be absent. */
function isInstalled() {
  try {
    const wanted = packagesIn('package-lock.json');
    const installed = packagesIn('node_modules/.package-lock.json');
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === '' || installed[path]?.version === entry.version || (entry.optional === true && installed[path] === undefined),
    );
  } catch {
    return false;
  }
}

function packagesIn(path) {
  return JSON.parse(readFileSync(`${root}/${path}`, 'utf8')).packages;
}

function isBuilt() {
  const built = statSync(`${root}/dist/main.cjs`, { throwIfNoEntry: false });
  if (built === undefined) return false;
  const sources = ['src', 'schemas', 'scripts/build.mjs', 'package.json', 'package-lock.json'];
  return sources.every((path) => newest(`${root}/${path}`) <= built.mtimeMs);
}

/** When something in a folder was last changed; a removed file changes its folder. */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(`${path}/${name}`)));
}

function npm(words, advice) {
  const script = process.env.npm_execpath;
  const [command, ...first] = script === undefined ? ['npm'] : [process.execPath, script];
  run(command, [...first, ...words], 'pipe', advice, script === undefined);
}

function node(words, output = 'pipe') {
  run(process.execPath, words, output, undefined, false);
}

/** Quiet while it goes well; with all its output when it does not. */
function run(command, words, output, advice, shell) {
  const result = spawnSync(command, words, { cwd: root, stdio: ['ignore', output, output], encoding: 'utf8', shell });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`);
  if (advice !== undefined) process.stderr.write(`\n${advice}\n`);
  process.exit(result.status ?? 1);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function showWhereToLook() {
  const input = 'clusters/prod-eu/prod-eu.yaml';
  const overlay = 'overlays/prod-eu/fluss/kustomization.yaml';
  const target = 'prod-eu/fluss/StatefulSet/tablet#spec.replicas';
  const why = spawnSync(process.execPath, ['bin/stowage.mjs', 'why', target], { cwd: root, encoding: 'utf8' }).stdout;
  say(`
Every overlay was built with kustomize, and the result is what the description means.

One input, as a person wrote it: ${input}
${excerpt(input, /^ {4}fluss:/, /^ {4}\S/)}

and what it compiles to, beside base/fluss/1.0.0: ${overlay}
${excerpt(overlay, /^namespace:/)}

Where does a value come from? ${stowage} why ${target}
${indent(why.trimEnd())}

Where to look next
  systems/fluss/system.yaml           a product, described once
  clusters/                           clusters, and what runs on them
  base/ overlays/ argocd/             everything that is generated from them
  docs/publishing.md                  pull requests: what they say, what stops them
  README.md                           a tour by a System of your own
  docs/language.md                    the language
  ARCHITECTURE.md                     how the compiler is built`);
}

/** Offered to a repository below .stowage, so that nobody else hears of it; a run that is stopped by something says so. */
function showPullRequests(environment) {
  say(`\noffering ${environment} to the config repository, here .stowage/config.git (${stowage} publish -e ${environment}) …`);
  const ask = (...words) => spawnSync(process.execPath, ['bin/stowage.mjs', ...words], { cwd: root, encoding: 'utf8' });
  const published = ask('publish', '-e', environment);
  say(`${published.stdout}${published.stderr}`.trimEnd());
  const { pullRequests = [] } = JSON.parse(ask('pr', 'list', '--json').stdout || '{}');
  const shown = pullRequests.find(({ title }) => title.startsWith(`${environment}/fluss`)) ?? pullRequests[0];
  if (shown === undefined) return;
  const { stdout } = ask('pr', 'show', String(shown.number));
  say(`
What a reviewer reads: ${stowage} pr show ${shown.number}
${indent(stdout.split('\n').slice(0, 16).join('\n'))}

${stowage} pr merge ${shown.number} merges it; ${stowage} pr list shows all of them.`);
}

/** The lines from one that matches up to one that ends them, or to the end of the file. */
function excerpt(path, start, end) {
  const lines = readFileSync(`${root}/${path}`, 'utf8').trimEnd().split('\n');
  const from = lines.slice(
    Math.max(
      0,
      lines.findIndex((line) => start.test(line)),
    ),
  );
  const after = from.findIndex((line, index) => index > 0 && end?.test(line));
  return indent((after < 0 ? from : from.slice(0, after)).join('\n'));
}

function indent(text) {
  return text.replace(/^/gm, '  | ');
}
