import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReleaseInput } from '../read/sort-inputs.ts';
import { cannotWrite } from './cannot-write.ts';
import { failpoint } from './failpoint.ts';
import { makeFolders } from './make-folders.ts';
import { releaseFiles, releaseFolder } from './release-files.ts';
import { openStage } from './stage.ts';

/** Makes a release of the head of a System, and says where; undefined where there is one of that name. */
export function freezeRelease(
  fleet: string,
  files: ReadonlyMap<string, Uint8Array>,
  head: ReleaseInput,
  version: string,
): string | undefined {
  const { system } = head;
  const folder = releaseFolder(system, version);
  if (existsSync(join(fleet, folder))) return undefined;
  // Out of the inputs until it is whole; the next run clears up after one that was killed.
  const stage = openStage(fleet, 'write');
  const draft = join(stage.folder, 'release');
  try {
    for (const [name, content] of releaseFiles(files, head, version)) {
      mkdirSync(dirname(join(draft, name)), { recursive: true });
      writeFileSync(join(draft, name), content);
    }
    makeFolders(dirname(join(fleet, folder)));
    failpoint();
    renameSync(draft, join(fleet, folder));
  } catch (error) {
    throw cannotWrite(folder, error);
  } finally {
    stage.remove();
  }
  return folder;
}
