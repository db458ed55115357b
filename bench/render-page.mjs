// Writes docs/performance.md from bench/results.json: npm run bench:page

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { machine, runs, startup, fleets, targets, profiles } = JSON.parse(readFileSync(`${root}/bench/results.json`, 'utf8'));

const verdicts = { true: 'met', false: '**missed**', undefined: 'not measured' };
const comparisons = [
  ['full', 'kustomize', 'full compile ÷ kustomize, a process each environment'],
  ['full', 'kustomize-each', 'full compile ÷ kustomize, a process each overlay'],
  ['full', 'jsonnet', 'full compile ÷ jsonnet'],
  ['verified', 'kustomize', 'verified compile ÷ kustomize, a process each environment'],
  ['verified', 'kustomize-gogc', 'verified compile ÷ the same with GOGC=800'],
  ['verified', 'kustomize-each', 'verified compile ÷ kustomize, a process each overlay'],
  ['unchanged', 'kustomize', 'nothing changed ÷ kustomize, a process each environment'],
  ['one', 'kustomize-one', 'one image tag changed, verified ÷ kustomize build of its overlay'],
];

const page = `<!-- written by bench/render-page.mjs from bench/results.json -->
# Performance

Stowage against \`kustomize build\` of the same overlays and against a jsonnet program that renders the same objects,
side by side in one run on one machine. Ratios travel to other machines; seconds do not.

## Ratios
Of medians of wall clock; below 1 Stowage is faster.

${table(
  ['', ...fleets.map(({ environments }) => `${environments} environments`)],
  comparisons
    .filter(([, theirs]) => fleets.every(({ rows }) => rows[theirs] !== undefined))
    .map(([ours, theirs, label]) => [
      label,
      ...fleets.map(({ rows }) => digits(rows[ours].wall.median / rows[theirs].wall.median)),
    ]),
)}

## Targets
${table(
  ['Target', 'Measured', ''],
  targets.map(({ target, measured, met }) => [target, measured, verdicts[met]]),
)}

## Figures
Medians of ${runs} runs, in brackets the shortest and the longest. CPU is of the process and all that it starts. Memory is
the peak of the process itself; for kustomize, of the largest.
${fleets.map(fleetSection).join('')}
### Start-up
${table(
  ['', 'Wall ms'],
  Object.values(startup).map(({ label, wall }) => [`\`${label}\``, Math.round(1000 * wall.median)]),
)}

## What is left
Self time of Stowage's own process, from \`node --cpu-prof\`; the profiler slows all of it down, so read the shares.
${profiles.map(profileSection).join('')}${jsonnetSection()}
## The fleet
12 Systems of one component, in each environment 8 objects a System: ServiceAccount, ConfigMap, Service, Deployment,
HorizontalPodAutoscaler, PodDisruptionBudget, NetworkPolicy, Ingress. Environments differ from the base in namespace, labels
(\`env\`, \`region\`), image tag, the autoscaler's minimum (1–5), host, log level and four more values of the ConfigMap, which
has seven short keys and a properties file of five lines. The Deployment has one container, two probes, requests, limits and
\`envFrom\`.

Before anything is timed, the objects of kustomize and jsonnet are compared with those that Stowage means, field by field;
they agree exactly, hashes in the names of ConfigMaps included.

## How it is measured
\`\`\`sh
bench/install-peers.sh   # kustomize and jsonnet at pinned versions, unless PATH has them; needs Go
npm run bench            # writes bench/results.json
npm run bench:page       # writes this page
\`\`\`
- Whole processes, from start to exit, results written to files${machine.workFolder === 'in memory' ? ' in memory, so that no disk is measured' : ''}. Tools take turns (A B C A B C …), so that whatever else
  the machine does meets all of them alike. The first run of each is not timed.
- A full compile starts without generated files and without memory of earlier runs. For the changed image tag, each run
  edits one System of one environment to a tag that was never there.
- Stowage and the peer call the same kustomize. Stowage sets \`GOGC=800\` for it, so the peer is shown both ways; targets are
  judged by the default, as anybody would call it, a process each environment and a process each overlay.
- \`NODE_OPTIONS\` and \`NODE_EXTRA_CA_CERTS\` are taken out of the environment: the certificates that the latter names take
  Node 20 longer than all the rest of its start.
- The jsonnet program avoids \`std.format\` (\`%\`), which alone would make it three times slower.
- A process each overlay is sampled where there are many, and scaled.

Machine: ${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, ${machine.platform}; Node ${machine.node},
kustomize ${machine.kustomize}, jsonnet ${machine.jsonnet}.
`;

function fleetSection({ environments, objects, rows }) {
  const lines = Object.values(rows).map(({ label, wall, cpu, ours, ownMiB, peakMiB }) => [
    label,
    `${digits(wall.median)} (${digits(wall.min)}–${digits(wall.max)})`,
    digits(cpu.median),
    Math.round((ours ? ownMiB : peakMiB) ?? 0) || '–',
  ]);
  return `\n### ${environments} environments, ${objects} objects\n${table(['', 'Wall s', 'CPU s', 'MiB'], lines)}\n`;
}

function profileSection({ title, environments, milliseconds, areas, functions }) {
  const share = (row) => `${(100 * row.share).toFixed(1)} %`;
  const rows = areas.slice(0, 12).map((area, index) => {
    const found = functions[index];
    return [area.name, share(area), found === undefined ? '' : code(found.name), found === undefined ? '' : share(found)];
  });
  const heading = `${title}, ${environments} environments (${Math.round(milliseconds)} ms under the profiler)`;
  return `\n### ${heading[0].toUpperCase()}${heading.slice(1)}\n${table(['By part', '', 'By function', ''], rows)}\n`;
}

/** What of the distance to jsonnet is the start of a process, and what comes with each environment. */
function jsonnetSection() {
  const [first, last] = [fleets[0], fleets.at(-1)];
  if (first === last || first.rows.jsonnet === undefined) return '';
  const each = (id) => (last.rows[id].wall.median - first.rows[id].wall.median) / (last.environments - first.environments);
  const milliseconds = (id) => `${(1000 * each(id)).toFixed(1)} ms`;
  return `
### Against jsonnet
${first.environments} environments take ${digits(first.rows.full.wall.median)} s, jsonnet ${digits(first.rows.jsonnet.wall.median)} s: a process of Node begins with code that is not compiled yet, and each
System is made into a base before the first environment. Each environment more takes ${milliseconds('full')}, with jsonnet ${milliseconds('jsonnet')}. In that
time Stowage also checks types, shapes, the schemas of Kubernetes, secrets and capacity, keeps the origin of every value, and
finds what differs from the base, which jsonnet does not.
`;
}

function table(head, rows) {
  return [head, head.map(() => '-'), ...rows].map((cells) => `|${cells.join('|')}|`).join('\n');
}

function code(text) {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function digits(value) {
  return value >= 10 ? value.toFixed(1) : value >= 1 ? value.toFixed(2) : value.toFixed(3);
}

mkdirSync(`${root}/docs`, { recursive: true });
writeFileSync(`${root}/docs/performance.md`, page);
