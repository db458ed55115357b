import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './fleet-files.ts';
import { type Ended, stowage } from './run-cli.ts';

/** Permissions mean nothing to root, in whose place another user runs things; its number is that of nobody. */
const other = process.getuid?.() === 0 ? 65534 : undefined;
const identity = other === undefined ? {} : { uid: other, gid: other };
const bin = join(repository, 'bin/stowage.cjs');

const reason =
  process.platform === 'win32'
    ? 'permissions are another thing here'
    : spawnSync(process.execPath, [bin, '--version'], identity).status === 0
      ? undefined
      : 'no other user than root may read this repository';

/** Why nothing can be run as an ordinary user, for the names of tests; empty where it can. */
export const noOrdinaryUser = reason === undefined ? '' : ` (skipped: ${reason})`;

/** And why nothing of it can belong to somebody else meanwhile. */
export const noOtherUser = noOrdinaryUser === '' && other === undefined ? ' (skipped: that takes root)' : noOrdinaryUser;

/** The CLI as a user who may not do everything, and to whom the folder belongs. */
export function stowageAsUser(words: readonly string[], call: { readonly in: string; readonly env?: NodeJS.ProcessEnv }): Ended {
  return stowage(words, { ...call, ...identity });
}

/** A folder with all that is in it; that of the run, in which it lies, takes files of everybody as temporary folders do. */
export function giveToUser(folder: string): string {
  if (other === undefined) return folder;
  chmodSync(tmpdir(), 0o1777);
  for (const path of ['', ...(readdirSync(folder, { recursive: true }) as string[])]) chownSync(join(folder, path), other, other);
  return folder;
}
