import { lstatSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { InputFiles } from '../model/input-files.ts';
import { Failure } from './fail.ts';
import { failpoint } from './failpoint.ts';
import { openStage } from './stage.ts';

/**
 * Inputs that a command writes, each moved into place in one step: stopped anywhere, a file is old or new. What
 * somebody else wrote since it was read, such as while values were asked for, is not replaced.
 */
export function writeInputs(fleet: string, files: ReadonlyMap<string, string>, read: InputFiles): void {
  if (files.size === 0) return;
  const stage = openStage(fleet, 'write');
  try {
    for (const [path, text] of files) stage.put(path, text);
    for (const path of files.keys()) {
      makeFolders(fleet, dirname(path));
      refuseOther(join(fleet, path), path, read.get(path));
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

function refuseOther(place: string, path: string, read: Uint8Array | undefined): void {
  const isThere = lstatSync(place, { throwIfNoEntry: false }) !== undefined;
  if (isThere ? read !== undefined && readFileSync(place).equals(read) : read === undefined) return;
  throw new Failure(`${path} was changed while this command ran`, 'it stays as it is; run the command again');
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
