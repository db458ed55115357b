import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { cannotWrite } from './cannot-write.ts';
import { Failure } from './fail.ts';
import { makeFolders } from './make-folders.ts';

/** A folder in which generated files lie complete before any of them takes its place. */
export interface Stage {
  readonly folder: string;
  put(path: string, text: string): void;
  /** Names of what was put right below a folder. */
  childrenOf(folder: string): readonly string[];
  remove(): void;
}

/** In the fleet's own folder, so that a file can be moved into place in one step; for a mere check, elsewhere. */
export function openStage(fleet: string, purpose: 'write' | 'check'): Stage {
  const folder = purpose === 'check' ? mkdtempSync(join(tmpdir(), 'stowage-')) : ownFolder(fleet);
  const children = new Map<string, Set<string>>();
  const makeFolder = (path: string): Set<string> => {
    const known = children.get(path);
    if (known !== undefined) return known;
    if (path !== '.') makeFolder(dirname(path)).add(basename(path));
    if (path !== '.') mkdirSync(join(folder, path));
    const names = new Set<string>();
    children.set(path, names);
    return names;
  };
  return {
    folder,
    put: (path, text) => {
      try {
        makeFolder(dirname(path)).add(basename(path));
        writeFileSync(`${folder}/${path}`, text);
      } catch (error) {
        throw cannotWrite(path, error);
      }
    },
    childrenOf: (path) => [...(children.get(path) ?? [])],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function ownFolder(fleet: string): string {
  const parent = join(fleet, '.stowage', 'staging');
  // What lies behind a link is not ours to empty.
  for (const path of ['.stowage', '.stowage/staging']) {
    if (lstatSync(join(fleet, path), { throwIfNoEntry: false })?.isDirectory() === false)
      throw new Failure(`${path} is not a folder, and nothing is written through links`, 'remove it and run again');
  }
  try {
    makeFolders(parent);
    writeFileSync(join(fleet, '.stowage', '.gitignore'), '*\n');
    removeLeftovers(parent);
    return mkdtempSync(join(parent, `${process.pid}-`));
  } catch (error) {
    throw new Failure(
      `cannot write to ${join(fleet, '.stowage')}: ${(error as Error).message.split(',')[0]}`,
      'check the permissions of the folder; `compile --check` needs none',
    );
  }
}

/** What killed runs left behind; the folder of a run that is still alive stays. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^(\d+)-[A-Za-z0-9]{6}$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
