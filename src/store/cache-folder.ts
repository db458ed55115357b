import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './fail.ts';
import { makeFolders } from './make-folders.ts';

/**
 * Where clones and programs are kept that may be deleted at any time. A pod may run as a user without a home, or
 * without one to write to: then in a temporary folder.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const usual = usualCacheFolder(environment);
  if (usual !== undefined && isWritable(usual)) return usual;
  const temporary = join(tmpdir(), `stowage-${process.getuid?.() ?? 'cache'}`);
  if (isPrivate(temporary)) return temporary;
  throw new Failure(
    `there is no folder for a cache: ${usual === undefined ? 'there is no home' : `${usual} cannot be written`}, and ${temporary} is not a folder of yours alone`,
    'set XDG_CACHE_HOME to a folder that you may write',
  );
}

/** Undefined for a user without a home. It may be there and not be ours to write: the image of a pod brings it along. */
export function usualCacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const configured = environment.XDG_CACHE_HOME;
  if (configured !== undefined && configured !== '') return join(configured, 'stowage');
  try {
    const home = homedir();
    return home === '' ? undefined : join(home, '.cache', 'stowage');
  } catch {
    return undefined;
  }
}

function isWritable(folder: string): boolean {
  try {
    makeFolders(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Programs are run from it: where everybody may write, somebody else may have made it first, or a link in its place. */
function isPrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
  }
  const stats = lstatSync(folder);
  // On Windows the temporary folder itself is the user's.
  const isOurs = process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o077) === 0);
  return stats.isDirectory() && isOurs;
}
