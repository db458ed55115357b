import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callGit } from '../git/call-git.ts';
import { Failure } from '../store/fail.ts';

/** The folder that an address of the local host means. */
export function localFolder(address: string, fleet: string): string {
  if (address.startsWith('file://')) return fileURLToPath(address);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address))
    throw new Failure(
      `${address} is no folder, and the host \`local\` keeps its pull requests in one`,
      'name a folder in `publish.repository`, or the host that the address belongs to in `publish.host`',
    );
  return resolve(fleet, address);
}

/** Makes the bare repository where there is none. */
export async function makeLocal(folder: string, branch: string): Promise<void> {
  if (existsSync(join(folder, 'HEAD')) || existsSync(join(folder, '.git'))) return;
  mkdirSync(dirname(folder), { recursive: true });
  await callGit(['init', '--quiet', '--bare', `--initial-branch=${branch}`, folder], { folder: dirname(folder) });
  // Whoever reads it takes of it what is needed.
  await callGit(['config', 'uploadpack.allowFilter', 'true'], { folder });
}
