import { lstatSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './fail.ts';
import { failpoint } from './failpoint.ts';
import { openStage } from './stage.ts';

/** Inputs that a command writes, each moved into place in one step: stopped anywhere, a file is old or new. */
export function writeInputs(fleet: string, files: ReadonlyMap<string, string>): void {
  if (files.size === 0) return;
  const stage = openStage(fleet, 'write');
  try {
    for (const [path, text] of files) stage.put(path, text);
    for (const path of files.keys()) {
      makeFolders(fleet, dirname(path));
      failpoint();
      renameSync(join(stage.folder, path), join(fleet, path));
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      `cannot write: ${(error as Error).message}`,
      'each file is whole, old or new; mend the cause and run again',
    );
  } finally {
    stage.remove();
  }
}

/** One after the other, since nothing is written through links. */
function makeFolders(fleet: string, folder: string): void {
  const parts = folder.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const path = parts.slice(0, length).join('/');
    const stats = lstatSync(join(fleet, path), { throwIfNoEntry: false });
    if (stats === undefined) mkdirSync(join(fleet, path));
    else if (!stats.isDirectory()) throw new Failure(`${path} is not a folder`, 'move it away and run again');
  }
}
