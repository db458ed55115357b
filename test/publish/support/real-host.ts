import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { localForge } from '../../../src/forge/local.ts';
import { makeLocal } from '../../../src/forge/open-local.ts';
import { openTarget, type TargetRequest } from '../../../src/git/open-target.ts';
import { temporaryFolder } from '../../support/fleet-files.ts';

/** Runs git for a test, with a name and without anybody's settings. */
export function git(folder: string, ...words: string[]): string {
  return execFileSync('git', ['-c', 'core.hooksPath=/dev/null', ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A person',
      GIT_AUTHOR_EMAIL: 'person@example.com',
      GIT_COMMITTER_NAME: 'A person',
      GIT_COMMITTER_EMAIL: 'person@example.com',
    },
  }).trim();
}

/** A bare repository with a first commit, and pull requests in it. */
export async function realHost(branch = 'main') {
  const folder = join(temporaryFolder(), 'config.git');
  await makeLocal(folder, branch);
  return { folder, forge: localForge({ folder }, () => 1_700_000_000) };
}

export function copyHost(host: { readonly folder: string }) {
  const folder = join(temporaryFolder(), 'config.git');
  cpSync(host.folder, folder, { recursive: true });
  return { folder, forge: localForge({ folder }, () => 1_700_000_000) };
}

export async function opened(url: string, more: Partial<TargetRequest> = {}) {
  return openTarget({ url, branch: 'main', prefix: 'stowage/', environment: { XDG_CACHE_HOME: temporaryFolder() }, ...more });
}
