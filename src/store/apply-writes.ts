import { lstatSync, mkdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './fail.ts';
import { failpoint } from './failpoint.ts';
import type { WritePlan } from './plan-writes.ts';
import type { Stage } from './stage.ts';

/**
 * Moves staged files into place, each in one step, then removes what is no longer generated. Killed
 * anywhere, it leaves old and new files and nothing between; the next run finishes.
 */
export function applyWrites(fleet: string, stage: Stage, plan: WritePlan): void {
  const made = new Set<string>();
  try {
    for (const path of [...plan.create, ...plan.update]) {
      const parent = dirname(path);
      if (!made.has(parent)) makeFolder(fleet, parent);
      made.add(parent);
      failpoint();
      renameSync(join(stage.folder, path), join(fleet, path));
    }
    for (const path of plan.remove) {
      failpoint();
      unlinkSync(join(fleet, path));
      removeEmptyFolders(fleet, dirname(path));
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      `cannot write: ${(error as Error).message}`,
      'what was written so far is whole; mend the cause and run again',
    );
  }
}

function makeFolder(fleet: string, folder: string): void {
  const parts = folder.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const path = join(fleet, ...parts.slice(0, length));
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) mkdirSync(path);
    else if (!stats.isDirectory())
      throw new Failure(
        `${parts.slice(0, length).join('/')} is not a folder`,
        'generated files belong below it; move it away and run again',
      );
  }
}

function removeEmptyFolders(fleet: string, folder: string): void {
  for (let path = folder; path !== '.' && path !== ''; path = dirname(path)) {
    try {
      rmdirSync(join(fleet, path));
    } catch {
      return;
    }
  }
}
