import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Each one that is missing. Not by Node's `recursive`: of a folder that may not be written it says that there is none. */
export function makeFolders(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    makeFolders(dirname(path));
    mkdirSync(path);
  }
}
