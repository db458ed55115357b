// `npm start`: from a fresh clone to a compiled and proven fleet, offered as pull requests, with Node and git alone.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { node, prepare, root, say } from './prepare.mjs';

const stowage = 'node bin/stowage.cjs';

prepare();
say(`compiling the fleet in this repository (${stowage} compile) …`);
node(['bin/stowage.cjs', 'compile'], 'inherit');
showWhereToLook();
showPullRequests('prod-eu');

function showWhereToLook() {
  const input = 'clusters/prod-eu/prod-eu.yaml';
  const overlay = 'overlays/prod-eu/fluss/kustomization.yaml';
  const target = 'prod-eu/fluss/StatefulSet/tablet#spec.replicas';
  const release = /^ {4}fluss:\n {6}release: (.+)$/m.exec(readFileSync(`${root}/${input}`, 'utf8'))?.[1];
  const why = spawnSync(process.execPath, ['bin/stowage.cjs', 'why', target], { cwd: root, encoding: 'utf8' }).stdout;
  say(`
Every overlay was built with kustomize, and the result is what the description means.

One input, as a person wrote it: ${input}
${excerpt(input, /^ {4}fluss:/, /^ {4}\S/)}

and what it compiles to, beside base/fluss/${release}: ${overlay}
${excerpt(overlay, /^namespace:/)}

Where does a value come from? ${stowage} why ${target}
${indent(why.trimEnd())}

To look instead of reading: ${stowage} report writes a page of all of it, ${stowage} dev serves it while you edit

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
  const ask = (...words) => spawnSync(process.execPath, ['bin/stowage.cjs', ...words], { cwd: root, encoding: 'utf8' });
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
