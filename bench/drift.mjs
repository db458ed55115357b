// `stowage drift` against `kubectl diff` on the same objects of a real API server: whole processes, in turns.
//
//   npm run bench:drift -- [--objects 5000] [--runs 3] [--sample 250]

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import pLimit from 'p-limit';
import { cluster, publishFleet } from './drift-fleet.mjs';
import { makeWorkFolder, peakMemory, summarize, time } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    objects: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '3' },
    sample: { type: 'string', default: '250' },
  },
});
const [objects, runs, sample] = [options.objects, options.runs, options.sample].map(Number);
if ([objects, runs, sample].some((count) => !Number.isInteger(count) || count < 1)) {
  console.error('usage: npm run bench:drift -- [--objects 5000] [--runs 3] [--sample 250]');
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const changes = Math.min(50, Math.ceil(objects / 10));
// Of a few hundred objects most of a run is the start of a process.
const [target, judgedFrom] = [10, 5000];
const { installCluster, startApi, findKubectl } = await loadServers();
const kubectl = await findKubectl();
const work = makeWorkFolder();
const api = await startApi(installCluster(), 'newest', {});
try {
  const env = { ...process.env, KUBECONFIG: api.kubeconfig, XDG_CACHE_HOME: join(work, 'cache') };
  const { fleet, declared } = await publishFleet(objects, work, env);
  const count = [...declared.values()].flat().length;
  await applyAll(declared);
  const folder = writeObjects('all', declared);
  // Beyond hundreds of objects it takes too long to wait for.
  const every = Math.ceil(count / sample);
  const some = [...declared].filter((_, index) => index % every === 0);
  const scale = count / some.flatMap(([, items]) => items).length;
  const out = join(work, 'out');

  const drift = ['drift', '--cluster', cluster, '--context', 'test', '--between', 'cluster', '--json'];
  const ours = { words: [process.execPath, join(root, 'bin', 'stowage.cjs'), ...drift], cwd: fleet };
  const diff = [kubectl, `--kubeconfig=${api.kubeconfig}`, 'diff', '-f'];
  const forget = () => rmSync(join(env.XDG_CACHE_HOME, 'stowage'), { recursive: true, force: true });
  const scenarios = {
    first: {
      label: 'stowage drift, first run: nothing fetched or remembered',
      ...ours,
      prepare: forget,
      check: () => checkReport(count, 0),
    },
    untouched: { label: 'stowage drift, nothing changed', ...ours, check: () => checkReport(count, 0) },
    changed: { label: `stowage drift, ${changes} objects changed by hand`, ...ours, check: () => checkReport(count, changes) },
    serverSide: {
      label: 'kubectl diff --server-side',
      words: [...diff, folder, '--server-side', '--force-conflicts'],
      check: checkDiff,
    },
    clientSide: {
      label: `kubectl diff${scale > 1 ? ` (1 of ${scale.toFixed(1)} objects, scaled)` : ''}`,
      words: [...diff, writeObjects('some', some)],
      scale,
      check: () => (scale > 1 ? {} : checkDiff()),
    },
  };
  const measured = Object.fromEntries(Object.keys(scenarios).map((id) => [id, []]));
  const facts = {};
  const run = (id) => {
    const { words, cwd, prepare, check } = scenarios[id];
    prepare?.();
    measured[id].push(time(intoFile(words), { cwd, env }));
    facts[id] = check();
  };

  const load = loadavg()[0];
  // A run with everything to do, which is not timed.
  const peak = await peakMemory(intoFile(ours.words), { cwd: fleet, env });
  for (let turn = 0; turn < runs; turn += 1) {
    run('first');
    run('untouched');
  }
  await changeByHand(declared);
  run('changed');
  run('serverSide');
  run('changed');
  run('clientSide');
  for (let turn = 2; turn < runs; turn += 1) run('changed');

  const rows = Object.fromEntries(
    Object.entries(scenarios).map(([id, { label, scale: times = 1 }]) => {
      const of = (what) => summarize(measured[id].map((one) => one[what] * times));
      return [id, { label, runs: measured[id].length, wall: of('wall'), cpu: of('cpu'), ...facts[id] }];
    }),
  );
  const fastest = Math.min(rows.serverSide.wall.median, rows.clientSide.wall.median);
  const ratios = Object.fromEntries(['first', 'untouched', 'changed'].map((id) => [id, fastest / rows[id].wall.median]));
  const results = { machine: describeMachine(load), objects: count, changes, target, rows, peakMiB: peak?.largest, ratios };
  print(results);
  writeFileSync(join(root, 'bench', 'drift-results.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log('\nwritten: bench/drift-results.json');

  function checkReport(looked, differences) {
    const { effort, unseen, differences: found } = JSON.parse(readFileSync(out, 'utf8'));
    if (effort.objects !== looked || unseen.length > 0 || found.length !== differences)
      throw new Error(
        `drift looked at ${effort.objects} of ${looked} objects and told ${found.length} differences where there are ${differences}: ${JSON.stringify([...unseen, ...found].slice(0, 3))}`,
      );
    return { requests: effort.requests, lists: effort.lists, dryRuns: effort.dryRuns };
  }

  function checkDiff() {
    const found = readFileSync(out, 'utf8').match(/^diff /gm)?.length ?? 0;
    if (found !== changes) throw new Error(`kubectl tells of ${found} objects where ${changes} were changed`);
    return {};
  }

  /** That there are differences is no failure. */
  function intoFile(words) {
    return ['bash', '-c', '"$@" >"$0" || [ $? -eq 1 ]', out, ...words];
  }
} finally {
  await api.stop();
  rmSync(work, { recursive: true, force: true });
}

/** They find what is beside them from where they are: two folders below the root of the repository. */
function loadServers() {
  const outfile = join(root, '.stowage', 'bench', 'servers.mjs');
  const entry = join(root, 'bench', 'servers.ts');
  buildSync({ entryPoints: [entry], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm' });
  return import(outfile);
}

/** As Argo CD does it. */
async function applyAll(declared) {
  const all = [...declared.values()].flat();
  const limit = pLimit(16);
  const each = (things, act) => Promise.all(things.map((one) => limit(() => act(one))));
  const namespaces = new Set(all.flatMap(({ metadata }) => metadata.namespace ?? []));
  await each([...namespaces], (name) => api.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  await each(all, (object) => api.kube.apply(object, { manager: 'argocd-controller', force: true }));
}

function writeObjects(name, declared) {
  const folder = join(work, name);
  mkdirSync(folder);
  for (const [path, items] of declared)
    writeFileSync(
      join(folder, `${path.replaceAll('/', '_').replace(/\.yaml$/, '')}.json`),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
  return folder;
}

/** Spread over the fleet, in turns a Deployment and a ConfigMap. */
async function changeByHand(declared) {
  const all = [...declared.values()].flat();
  const half = Math.ceil(changes / 2);
  const spread = (kind, count) => {
    const found = all.filter((object) => object.kind === kind);
    return Array.from({ length: count }, (_, index) => found[Math.floor((index * found.length) / count)]);
  };
  const named = ({ apiVersion, kind, metadata: { name, namespace } }) => ({ apiVersion, kind, name, namespace });
  // The connections of before were closed while nobody looked.
  const kube = api.kube.as(api.kube.access.token);
  for (const object of spread('Deployment', half)) {
    const [{ name }] = object.spec.template.spec.containers;
    const change = { spec: { template: { spec: { containers: [{ name, image: 'registry.example.com/by-hand:v0' }] } } } };
    await kube.patch(named(object), change, { type: 'strategic-merge' });
  }
  for (const object of spread('ConfigMap', changes - half)) await kube.patch(named(object), { data: { LOG_LEVEL: 'by-hand' } });
}

function describeMachine(load) {
  const version = execFileSync(kubectl, ['version', '--client', '--output=json'], { encoding: 'utf8' });
  return {
    cores: availableParallelism(),
    loadBefore: load,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    kubectl: JSON.parse(version).clientVersion.gitVersion,
  };
}

function print({ machine, objects: count, rows, peakMiB, ratios }) {
  console.log(
    Object.entries(machine)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', '),
  );
  console.log(
    `\n${count} objects\n${'wall s (min–max)'.padStart(26)}${'CPU s'.padStart(9)}${'requests'.padStart(10)}${'dry runs'.padStart(10)}`,
  );
  for (const { label, wall, cpu, requests = '–', dryRuns = '–' } of Object.values(rows)) {
    const range = `${wall.median.toFixed(2)} (${wall.min.toFixed(2)}–${wall.max.toFixed(2)})`;
    console.log(
      `${range.padStart(26)}${cpu.median.toFixed(2).padStart(9)}${String(requests).padStart(10)}${String(dryRuns).padStart(10)}  ${label}`,
    );
  }
  console.log(`peak memory of stowage drift: ${peakMiB?.toFixed(0) ?? '–'} MiB\n`);
  const verdict = (ratio) => (count < judgedFrom ? '  ?  ' : ratio >= target ? 'PASS ' : 'FAIL ');
  for (const [id, ratio] of Object.entries(ratios))
    console.log(`${verdict(ratio)}${rows[id].label}: ${ratio.toFixed(1)} × as fast as the faster kubectl diff (${target} ×)`);
}
