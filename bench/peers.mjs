// The other tools of the comparison: where they are, and how they render the same fleet.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAll } from 'js-yaml';

const programs = fileURLToPath(new URL('peers/', import.meta.url));

/** Where `bench/install-peers.sh` puts what it builds. */
const peersFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'stowage-bench');

/** A program on PATH, else one that was installed for the benchmark. */
export function findPeer(name) {
  return [...(process.env.PATH ?? '').split(delimiter), peersFolder]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

/** One process for all environments: a YAML stream for each environment and system below `folder`/out. */
export function jsonnetWords(folder) {
  const data = `environments=${join(folder, 'environments.json')}`;
  return ['-S', '-c', '-m', join(folder, 'out'), '--tla-code-file', data, join(programs, 'fleet.jsonnet')];
}

/** The objects of each `environment/system`, as jsonnet renders them. */
export function renderWithJsonnet(jsonnet, environments, folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'environments.json'), JSON.stringify(environments));
  execFileSync(jsonnet, jsonnetWords(folder), { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Map(
    environments.flatMap(({ name, systems }) =>
      Object.keys(systems).map((system) => {
        const id = `${name}/${system}`;
        return [id, loadAll(readFileSync(join(folder, 'out', `${id}.yaml`), 'utf8'))];
      }),
    ),
  );
}
