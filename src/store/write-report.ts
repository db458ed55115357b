import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from './fail.ts';

/** A file that others collect while this runs: they see the last one or this one, and nothing between. */
export function writeReport(folder: string, path: string, text: string): void {
  const place = resolve(folder, path);
  const draft = `${place}.${process.pid}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(
      `cannot write ${path}: ${code}`,
      code === 'EISDIR' ? 'this is a folder; name a file in it' : 'is there such a folder, and is it yours?',
    );
  }
}
