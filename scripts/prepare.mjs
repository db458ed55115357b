// From a fresh clone to a CLI that runs, with Node and npm alone: installs what is missing, and builds what is older than
// its sources. Also the first step of the GitHub Action.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

export function prepare() {
  requireNode(20, 19);
  if (!isInstalled()) {
    say('installing the dependencies (npm ci) …');
    npm(
      ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
      'is the package registry reachable? Then run `npm ci` to see more',
    );
  }
  if (!isBuilt()) {
    say('building (npm run build) …');
    node(['scripts/build.mjs']);
  }
}

export function say(text) {
  process.stdout.write(`${text}\n`);
}

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

export function npm(words, advice) {
  const script = process.env.npm_execpath;
  const [command, ...first] = script === undefined ? ['npm'] : [process.execPath, script];
  run(command, [...first, ...words], 'pipe', advice, script === undefined);
}

export function node(words, output = 'pipe') {
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
