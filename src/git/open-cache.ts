import { existsSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../model/digest.ts';
import { cacheFolder } from '../store/cache-folder.ts';
import { callGit, type GitCall } from './call-git.ts';
import { unreachable } from './unreachable.ts';

export interface Cache {
  readonly folder: string;
  readonly close: () => void;
}

/**
 * A bare clone that holds what was needed so far of a repository. One run at a time works in it; another that
 * comes meanwhile gets one of its own, which goes with it.
 */
export async function openCache(url: string, environment: NodeJS.ProcessEnv, call: Omit<GitCall, 'folder'>): Promise<Cache> {
  const parent = join(cacheFolder(environment), 'targets');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const name = digestOf(url).slice(0, 24);
  const lock = join(parent, `${name}.lock`);
  const shared = takeLock(lock);
  const folder = join(parent, shared ? name : `${name}-${process.pid}-${Date.now().toString(36)}`);
  const close = () => {
    if (shared) rmSync(lock, { force: true });
    else rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (!existsSync(join(folder, 'ready'))) await initialize(folder, url, parent, call);
    return { folder, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function initialize(folder: string, url: string, parent: string, call: Omit<GitCall, 'folder'>): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { code, out, err } = await callGit(['ls-remote', '--quiet', '--', url], { ...call, folder: parent, accept: [128] });
  if (code !== 0) throw unreachable(err);
  // Ids tell the format, and an empty repository has none.
  const format = /^[0-9a-f]{64}\s/.test(out) || (out === '' && (await isSha256(url, parent))) ? 'sha256' : 'sha1';
  await callGit(['init', '--quiet', '--bare', `--object-format=${format}`, folder], { folder: parent });
  await callGit(['init', '--quiet', '--bare', `--object-format=${format}`, join(folder, 'probe.git')], { folder: parent });
  await callGit(['config', 'remote.origin.url', url], { folder });
  writeFileSync(join(folder, 'ready'), `${format}\n`);
}

async function isSha256(url: string, parent: string): Promise<boolean> {
  if (!existsSync(url)) return false;
  const { out } = await callGit(['-C', url, 'rev-parse', '--show-object-format'], { folder: parent, accept: [128] });
  return out.trim() === 'sha256';
}

function takeLock(lock: string): boolean {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
      return true;
    } catch {
      if (isHeld(lock)) return false;
      removeQuietly(lock);
    }
  }
  return false;
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else did.
  }
}
