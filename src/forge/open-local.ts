import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callGit } from '../git/call-git.ts';
import { Misconfigured } from '../store/fail.ts';

/** The folder that an address of the local host means. */
export function localFolder(address: string, fleet: string): string {
  if (address.startsWith('file://')) return fileURLToPath(address);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address))
    throw new Misconfigured(
      `${address} is no folder, and the host \`local\` keeps its pull requests in one`,
      'name a folder in `publish.repository`, or the host that the address belongs to in `publish.host`',
    );
  return resolve(fleet, address);
}

/** Whether the repository is there. What is there and none is refused: nothing is made among files of somebody else. */
export function isMade(folder: string): boolean {
  const holds = (name: string) => existsSync(join(folder, name));
  if (holds('.git') || (holds('HEAD') && holds('objects'))) return true;
  if (!existsSync(folder) || (statSync(folder).isDirectory() && readdirSync(folder).length === 0)) return false;
  throw new Misconfigured(
    `${folder} is there and is no repository, and none is made among what lies in it`,
    'name a bare repository in stowage.yaml, or a folder that is empty or not there yet',
  );
}

/** Makes the bare repository where there is none. */
export async function makeLocal(folder: string, branch: string): Promise<void> {
  if (isMade(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  await callGit(['init', '--quiet', '--bare', `--initial-branch=${branch}`, folder], { folder: dirname(folder) });
  // Whoever reads it takes of it what is needed.
  await callGit(['config', 'uploadpack.allowFilter', 'true'], { folder });
}
