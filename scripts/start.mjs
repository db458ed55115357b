// `npm start`: from a fresh clone to a compiled and proven fleet, with Node and git alone.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { node, prepare, root, say } from './prepare.mjs';

const stowage = 'node bin/stowage.mjs';

prepare();
say(`compiling the fleet in this repository (${stowage} compile) …`);
node(['bin/stowage.mjs', 'compile'], 'inherit');
showWhereToLook();

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
  README.md                           a tour by a System of your own
  docs/language.md                    the language
  ARCHITECTURE.md                     how the compiler is built`);
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
