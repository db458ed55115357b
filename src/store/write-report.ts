import { lstatSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { cannotWrite } from './cannot-write.ts';

/**
 * A file that others collect while this runs: they see the last one or this one, and nothing between. Pipes and
 * devices take the text as it comes, and stay what they are. Tells whether there is a file now.
 */
export function writeReport(folder: string, path: string, text: string): boolean {
  const place = resolve(folder, path);
  try {
    if (canBeReplaced(place)) {
      replace(followLinks(place), text);
      return true;
    }
    writeFileSync(place, text);
  } catch (error) {
    // Who reads a pipe may stop reading.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw cannotWrite(path, error);
  }
  return false;
}

/** Not what is there without a name, either: an open file that was removed. */
function canBeReplaced(place: string): boolean {
  const there = statSync(place, { throwIfNoEntry: false });
  return there === undefined || (there.isFile() && there.nlink > 0);
}

/** Also to where nothing is yet. */
function followLinks(place: string): string {
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return place;
  return followLinks(resolve(realpathSync(dirname(place)), readlinkSync(place)));
}

function replace(place: string, text: string): void {
  const draft = `${place}.${process.pid}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
