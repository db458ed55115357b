import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Each one that is missing. Not by Node's `recursive`: of a folder that may not be written it says that there is none. */
export function makeFolders(path: string): void {
  if (makeFolder(path)) return;
  makeFolders(dirname(path));
  makeFolder(path);
}

/** False where the folder above it is missing. Another run may make the same one at the same moment. */
function makeFolder(path: string): boolean {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code !== 'EEXIST') throw error;
  }
  return true;
}
