import { lstatSync, mkdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedRoots } from '../model/output-paths.ts';
import { Failure } from './fail.ts';
import { failpoint } from './failpoint.ts';
import type { WritePlan } from './plan-writes.ts';
import type { Stage } from './stage.ts';

/**
 * Moves staged files into place, each or a whole new folder of them in one step, then removes what is no
 * longer generated. Killed anywhere, it leaves old and new files and nothing between; the next run finishes.
 */
export function applyWrites(fleet: string, stage: Stage, plan: WritePlan): void {
  const planned = new Set([...plan.create, ...plan.update]);
  try {
    for (const root of generatedRoots) if (stage.childrenOf(root).length > 0) place(root, fleet, stage, planned);
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

function place(folder: string, fleet: string, stage: Stage, planned: ReadonlySet<string>): void {
  const stats = lstatSync(join(fleet, folder), { throwIfNoEntry: false });
  if (stats === undefined) {
    if (isPlanned(folder, stage, planned)) {
      failpoint();
      renameSync(join(stage.folder, folder), join(fleet, folder));
      return;
    }
    mkdirSync(join(fleet, folder));
  } else if (!stats.isDirectory()) {
    throw new Failure(`${folder} is not a folder`, 'generated files belong below it; move it away and run again');
  }
  for (const name of stage.childrenOf(folder)) {
    const path = `${folder}/${name}`;
    if (stage.childrenOf(path).length > 0) place(path, fleet, stage, planned);
    else if (planned.has(path)) {
      failpoint();
      renameSync(join(stage.folder, path), join(fleet, path));
    }
  }
}

/** Whether all that is staged below a path is to be written; some files are staged for verification only. */
function isPlanned(path: string, stage: Stage, planned: ReadonlySet<string>): boolean {
  const children = stage.childrenOf(path);
  return children.length === 0 ? planned.has(path) : children.every((name) => isPlanned(`${path}/${name}`, stage, planned));
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
