// Where Stowage's own time goes: self time by function and by part, of whole processes.
//
//   node bench/profile.mjs [environments]

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeEnvironments, environmentPath, writeFleet } from './fleet.mjs';
import { makeWorkFolder } from './measure.mjs';
import { findPeer } from './peers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const shown = 20;
const callBundle = ['-e', 'require(process.argv[1]).main(process.argv.slice(2), (text) => process.stdout.write(text))'];

/** Profiles of a full compile, and of one changed image tag, without verification and with it. */
export async function profileFleet(environments) {
  const work = makeWorkFolder();
  try {
    const bundle = buildWithMaps(work);
    const fleet = join(work, 'fleet');
    writeFleet(environments, fleet);
    const kustomize = findPeer('kustomize');
    const env = {
      ...process.env,
      PATH: [...(kustomize === undefined ? [] : [dirname(kustomize)]), process.env.PATH].join(delimiter),
    };
    const verify = kustomize === undefined ? ['--no-verify'] : [];
    const profile = (title, words) => ({ title, environments, ...profileOf(bundle, words, { cwd: fleet, env }, work) });
    const full = profile('full compile, not verified', ['--no-verify']);
    execFileSync(process.execPath, [...callBundle, bundle, 'compile', '--quiet', ...verify], { cwd: fleet, env });
    const path = join(fleet, environmentPath(describeEnvironments(1)[0]));
    writeFileSync(path, readFileSync(path, 'utf8').replace(/tag: .*/, 'tag: v2.0.0'));
    return [full, profile('one image tag changed, verified', verify)];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The same bundle, with maps back to the sources, beside the schemas that it reads. */
function buildWithMaps(work) {
  const out = join(work, 'dist');
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--maps', out], { stdio: 'inherit' });
  symlinkSync(join(root, 'schemas'), join(work, 'schemas'));
  return join(out, 'compiling.cjs');
}

function profileOf(bundle, words, options, work) {
  const folder = join(work, 'profile');
  mkdirSync(folder, { recursive: true });
  const flags = ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', folder];
  execFileSync(process.execPath, [...flags, ...callBundle, bundle, 'compile', '--quiet', ...words], {
    ...options,
    stdio: 'inherit',
  });
  const [name] = readdirSync(folder);
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  rmSync(folder, { recursive: true });
  const self = new Map(nodes.map(({ id }) => [id, 0]));
  for (const [index, id] of samples.entries()) self.set(id, self.get(id) + timeDeltas[index]);
  const place = placeFinder(dirname(bundle));
  const [functions, areas] = [new Map(), new Map()];
  let total = 0;
  for (const { id, callFrame } of nodes) {
    if (callFrame.functionName === '(idle)') continue;
    const { label, area } = place(callFrame);
    const milliseconds = self.get(id) / 1000;
    total += milliseconds;
    functions.set(label, (functions.get(label) ?? 0) + milliseconds);
    areas.set(area, (areas.get(area) ?? 0) + milliseconds);
  }
  return { milliseconds: total, areas: largest(areas, total), functions: largest(functions, total) };
}

function largest(times, total) {
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, shown)
    .map(([name, milliseconds]) => ({ name, milliseconds, share: milliseconds / total }));
}

/** Tells where in the sources a frame of the bundle comes from. */
function placeFinder(dist) {
  const maps = new Map();
  const mapOf = (file) => {
    if (!maps.has(file)) maps.set(file, new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))));
    return maps.get(file);
  };
  return ({ functionName, url, lineNumber, columnNumber }) => {
    if (url === '') return { label: functionName || '(native)', area: functionName.startsWith('(') ? functionName : '(native)' };
    if (!url.startsWith('file:')) return { label: `${functionName || '(anonymous)'} (${url})`, area: 'Node itself' };
    const file = fileURLToPath(url);
    const { originalSource, originalLine } = mapOf(file).findEntry(lineNumber, columnNumber);
    if (originalSource === undefined) return { label: `${functionName || '(module)'} (${basename(file)})`, area: 'bundle' };
    const source = relative(root, resolve(dist, originalSource));
    const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(source);
    const where = inPackage === null ? source : `${inPackage[1]}/${basename(inPackage[2])}`;
    const area = inPackage === null ? source.split('/').slice(0, 2).join('/') : inPackage[1];
    return { label: `${functionName || `(anonymous, line ${originalLine + 1})`} (${where})`, area };
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { title, environments, milliseconds, areas, functions } of await profileFleet(Number(process.argv[2] ?? 30))) {
    console.log(`\n${title}, ${environments} environments: ${milliseconds.toFixed(0)} ms`);
    for (const rows of [areas, functions]) {
      console.log();
      for (const row of rows)
        console.log(`${row.milliseconds.toFixed(1).padStart(9)} ms ${(100 * row.share).toFixed(1).padStart(5)} %  ${row.name}`);
    }
  }
}
