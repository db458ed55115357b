// Stowage against kustomize and jsonnet on the same fleet: whole processes, in turns, on this machine.
//
//   npm run bench -- [--environments 3,30,100] [--runs 5] [--sample 60] [--no-profile]

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadAll } from 'js-yaml';
import { assertSameObjects } from './compare.mjs';
import { describeEnvironments, environmentPath, fleetFiles, objectsPerSystem, systems, writeFleet } from './fleet.mjs';
import { makeWorkFolder, peakMemory, summarize, time } from './measure.mjs';
import { findPeer, jsonnetWords, renderWithJsonnet } from './peers.mjs';
import { profileFleet } from './profile.mjs';
import { judge } from './targets.mjs';

const { values: options } = parseArgs({
  options: {
    environments: { type: 'string', default: '3,30,100' },
    runs: { type: 'string', default: '5' },
    sample: { type: 'string', default: '60' },
    'no-profile': { type: 'boolean', default: false },
  },
});
const sizes = options.environments
  .split(',')
  .map(Number)
  .sort((a, b) => a - b);
const runs = Number(options.runs);
const sample = Number(options.sample);
if ([...sizes, runs, sample].some((count) => !Number.isInteger(count) || count < 1)) {
  console.error('usage: npm run bench -- [--environments 3,30,100] [--runs 5] [--sample 60] [--no-profile]');
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const stowage = [process.execPath, join(root, 'bin', 'stowage.cjs')];
const atOnce = availableParallelism();
const kustomize = findPeer('kustomize');
const jsonnet = findPeer('jsonnet');
// Both sides use the same kustomize. GOGC stands as it stands for anybody who calls it; what NODE_EXTRA_CA_CERTS names,
// older versions of Node read at each start, whether they will ask a server or not.
for (const name of ['GOGC', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS']) delete process.env[name];
const env = {
  ...process.env,
  PATH: [...(kustomize === undefined ? [] : [dirname(kustomize)]), process.env.PATH].join(delimiter),
};

const work = makeWorkFolder();
try {
  const results = { machine: describeMachine(), runs, startup: measureStartup(), fleets: [] };
  for (const size of sizes) results.fleets.push(await measureFleet(size));
  results.targets = judge(results);
  results.profiles = options['no-profile'] ? [] : await profileFleet(Math.max(...sizes));
  printTargets(results.targets);
  writeFileSync(join(root, 'bench', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log('\nwritten: bench/results.json; `npm run bench:page` makes docs/performance.md of it');
} finally {
  rmSync(work, { recursive: true, force: true });
}

function describeMachine() {
  const version = (program, words) =>
    program === undefined ? undefined : execFileSync(program, words, { encoding: 'utf8' }).trim().split('\n')[0];
  const machine = {
    cores: atOnce,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    workFolder: work.startsWith('/dev/shm') ? 'in memory' : 'on disk',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    kustomize: version(kustomize, ['version']) ?? 'not installed',
    jsonnet: /v[\d.]+/.exec(version(jsonnet, ['--version']) ?? '')?.[0] ?? 'not installed',
  };
  console.log(
    Object.entries(machine)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', '),
  );
  if (kustomize === undefined || jsonnet === undefined) console.log('bench/install-peers.sh installs what is missing');
  return machine;
}

function measureStartup() {
  const commands = { bare: [process.execPath, '-e', '0'], version: [...stowage, '--version'], help: [...stowage, '--help'] };
  const rows = inTurns(
    Object.entries(commands).map(([id, words]) => ({ id, label: words.slice(1).join(' '), words, cwd: work })),
    10 * runs,
  );
  rows.bare.label = 'node -e 0';
  rows.version.label = 'stowage --version';
  rows.help.label = 'stowage --help';
  printTable('Start-up', rows);
  return rows;
}

async function measureFleet(size) {
  const folder = join(work, String(size));
  const [fresh, kept, peer] = ['fresh', 'kept', 'peer'].map((name) => join(folder, name));
  const environments = describeEnvironments(size);
  writeFleet(size, kept);
  mkdirSync(peer, { recursive: true });
  const meant = await compareTools(size, environments, kept, peer);
  const scenarios = [
    ...ourScenarios(size, environments, fresh, kept),
    ...(kustomize === undefined ? [] : kustomizeScenarios(environments, kept, peer)),
    ...(jsonnet === undefined
      ? []
      : [{ id: 'jsonnet', label: 'jsonnet: one process, all environments', words: [jsonnet, ...jsonnetWords(peer)], cwd: peer }]),
  ];
  // The first run of each is not timed: it fills the caches of the system, and its memory is watched.
  for (const scenario of scenarios) {
    scenario.prepare?.(scenario);
    scenario.memory = await peakMemory(scenario.words, scenario);
  }
  const rows = inTurns(scenarios, runs);
  printTable(`${size} environments, ${meant} objects`, rows);
  rmSync(folder, { recursive: true, force: true });
  return { environments: size, objects: meant, rows };
}

function ourScenarios(size, [environment], fresh, kept) {
  const compile = (...words) => [...stowage, 'compile', ...words];
  let copies = 0;
  const anew = (scenario) => {
    copies += 1;
    scenario.cwd = join(fresh, String(copies));
    writeFleet(size, scenario.cwd);
  };
  const path = join(kept, environmentPath(environment));
  let release = 0;
  const bump = () => {
    release += 1;
    writeFileSync(path, readFileSync(path, 'utf8').replace(/tag: .*/, `tag: v2.0.${release}`));
  };
  return [
    { id: 'full', label: 'stowage: full compile, not verified', words: compile('--no-verify'), prepare: anew },
    { id: 'verified', label: 'stowage: full compile, verified', words: compile(), prepare: anew },
    { id: 'unchanged', label: 'stowage: nothing changed', words: compile(), cwd: kept },
    { id: 'one', label: 'stowage: one image tag changed, verified', words: compile(), cwd: kept, prepare: bump },
  ].map((scenario) => ({ ...scenario, ours: true, env }));
}

function kustomizeScenarios(environments, kept, peer) {
  const overlays = environments.flatMap(({ name }) => systems.map((system) => `${name}/${system}`));
  const chosen = overlays.filter((_, index) => index % Math.ceil(overlays.length / sample) === 0);
  const out = join(peer, 'built.yaml');
  const line = (folder, index) => `${join(kept, folder)} -o ${out}.${index}\n`;
  const batch = ['xargs', '-P', String(atOnce), '-n', '3', kustomize, 'build'];
  const perEnvironment = environments
    .map(({ name }) => `.roots/${name}`)
    .map(line)
    .join('');
  const perOverlay = chosen
    .map((overlay) => `overlays/${overlay}`)
    .map(line)
    .join('');
  const one = [kustomize, 'build', join(kept, 'overlays', overlays[0])];
  const note = chosen.length < overlays.length ? ` (${chosen.length} of ${overlays.length}, scaled)` : '';
  return [
    { id: 'kustomize', label: `kustomize: a process each environment, ${atOnce} at once`, words: batch, input: perEnvironment },
    { id: 'kustomize-gogc', label: '– the same with GOGC=800', words: batch, input: perEnvironment, env: { GOGC: '800' } },
    {
      id: 'kustomize-each',
      label: `kustomize: a process each overlay, ${atOnce} at once${note}`,
      words: batch,
      input: perOverlay,
      scale: overlays.length / chosen.length,
    },
    { id: 'kustomize-one', label: 'kustomize: the one overlay that changed', words: one },
    { id: 'kustomize-one-gogc', label: '– the same with GOGC=800', words: one, env: { GOGC: '800' } },
  ];
}

/** Compiles the fleet and holds the peers' objects against what Stowage means; gives the number of objects. */
async function compareTools(size, environments, kept, peer) {
  const { compile } = await import(join(root, 'dist', 'index.js'));
  const { ok, objects } = compile(fleetFiles(size));
  const meant = [...objects.values()].flat();
  if (!ok || meant.length !== size * systems.length * objectsPerSystem)
    throw new Error('the fleet does not compile as it should');
  execFileSync(stowage[0], [stowage[1], 'compile', '--quiet', ...(kustomize === undefined ? ['--no-verify'] : [])], {
    cwd: kept,
    env,
  });
  for (const { name } of environments) {
    mkdirSync(join(kept, '.roots', name), { recursive: true });
    const resources = systems.map((system) => `../../overlays/${name}/${system}`);
    writeFileSync(join(kept, '.roots', name, 'kustomization.yaml'), JSON.stringify({ kind: 'Kustomization', resources }));
  }
  const tools = [];
  if (kustomize !== undefined) {
    const build = ({ name }) =>
      loadAll(execFileSync(kustomize, ['build', join(kept, '.roots', name)], { encoding: 'utf8', maxBuffer: 1 << 28 }));
    assertSameObjects('kustomize', meant, environments.flatMap(build));
    tools.push('kustomize');
  }
  if (jsonnet !== undefined) {
    assertSameObjects('jsonnet', meant, [...renderWithJsonnet(jsonnet, environments, peer).values()].flat());
    tools.push('jsonnet');
  }
  console.log(`\n${size} environments: ${['stowage', ...tools].join(', ')} give the same ${meant.length} objects`);
  return meant.length;
}

/** A B A B: what else this machine does then meets all of them alike. */
function inTurns(scenarios, rounds) {
  const measured = new Map(scenarios.map((scenario) => [scenario.id, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const scenario of scenarios) {
      scenario.prepare?.(scenario);
      measured.get(scenario.id).push(time(scenario.words, scenario));
    }
  }
  return Object.fromEntries(
    scenarios.map(({ id, label, ours, memory, scale = 1 }) => {
      const of = (what) => summarize(measured.get(id).map((one) => one[what] * scale));
      return [id, { label, ours, wall: of('wall'), cpu: of('cpu'), peakMiB: memory?.largest, ownMiB: memory?.own }];
    }),
  );
}

function printTable(title, rows) {
  console.log(`\n${title}\n${'wall s (min–max)'.padStart(26)}${'CPU s'.padStart(9)}${'MiB'.padStart(6)}`);
  for (const { label, wall, cpu, ownMiB, peakMiB, ours } of Object.values(rows)) {
    const range = `${wall.median.toFixed(3)} (${wall.min.toFixed(2)}–${wall.max.toFixed(2)})`;
    const memory = ours ? ownMiB : peakMiB;
    console.log(
      `${range.padStart(26)}${cpu.median.toFixed(2).padStart(9)}${(memory === undefined ? '–' : memory.toFixed(0)).padStart(6)}  ${label}`,
    );
  }
}

function printTargets(targets) {
  console.log('\nTargets');
  for (const { target, measured, met } of targets)
    console.log(`${met === undefined ? '  ?  ' : met ? 'PASS ' : 'FAIL '} ${target}: ${measured}`);
}
