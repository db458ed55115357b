// The fleet of the benchmark on a single cluster, published, with every object that it declares there.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAll } from 'js-yaml';
import { fleetFiles, objectsPerSystem, systems } from './fleet.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

export const cluster = 'eu';

/** Makes and publishes at least so many objects, Applications included; gives them by overlay, or by file of Argo CD. */
export async function publishFleet(objects, folder, env) {
  const [fleet, bare] = [join(folder, 'fleet'), join(folder, 'published.git')];
  // Each system has an Application besides.
  const files = onOneCluster(fleetFiles(Math.ceil(objects / (systems.length * (objectsPerSystem + 1)))), bare);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(fleet, path)), { recursive: true });
    writeFileSync(join(fleet, path), text);
  }
  execFileSync(process.execPath, [join(root, 'bin', 'stowage.cjs'), 'compile', '--no-verify', '--quiet'], {
    cwd: fleet,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const git = (...words) => execFileSync('git', words, { cwd: fleet, stdio: ['ignore', 'ignore', 'inherit'] });
  git('init', '--quiet', '--bare', '--initial-branch=main', bare);
  git('-C', bare, 'config', 'uploadpack.allowFilter', 'true');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--force', 'stowage.yaml', 'systems', 'clusters', 'base', 'overlays', 'argocd');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '--message=The fleet');
  git('push', '--quiet', bare, 'main');

  const { compile } = await import(join(root, 'dist', 'index.js'));
  const compiled = compile(files);
  if (!compiled.ok) throw new Error('the fleet does not compile as it should');
  return { fleet, declared: new Map([...compiled.objects, ...argocdObjects(join(fleet, 'argocd', cluster))]) };
}

function onOneCluster(files, bare) {
  return new Map(
    [...files]
      .filter(([path]) => !path.endsWith('/cluster.yaml') || path === `clusters/${cluster}/cluster.yaml`)
      .map(([path, text]) => [
        path.replace(/^clusters\/[^/]+/, `clusters/${cluster}`),
        path === 'stowage.yaml' ? text.replace(/url: \S+/, `url: ${bare}`) : text,
      ]),
  );
}

function argocdObjects(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [`argocd/${name}`, loadAll(readFileSync(join(folder, name), 'utf8'))]);
}
