import { lstatSync, readdirSync } from 'node:fs';
import { generatedRoots } from '../model/output-paths.ts';
import { Failure } from './fail.ts';
import { unlessGone } from './unless-gone.ts';

/** What lies in the generated folders: files, and those that are none, by path. */
export interface Generated {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/**
 * Files of which is known that they lie there, by folder, are left out where nothing else lies in it.
 * A link is refused: writing through it could end anywhere.
 */
export function listGenerated(fleet: string, known: ReadonlyMap<string, readonly string[]> = new Map()): Generated {
  const files = new Set<string>();
  const folders = new Set<string>();
  const visit = (path: string, entry: { isSymbolicLink(): boolean; isDirectory(): boolean }) => {
    if (entry.isSymbolicLink())
      throw new Failure(`${path} is a link, and nothing is written through links`, 'remove it and run again');
    if (!entry.isDirectory()) return void files.add(path);
    folders.add(path);
    const expected = known.get(path);
    if (expected !== undefined && holdsOnly(expected, path, fleet)) return;
    const entries = unlessGone(path, () => readdirSync(`${fleet}/${path}`, { withFileTypes: true }));
    for (const inner of entries ?? []) visit(`${path}/${inner.name}`, inner);
  };
  for (const root of generatedRoots) {
    const stats = lstatSync(`${fleet}/${root}`, { throwIfNoEntry: false });
    if (stats !== undefined) visit(root, stats);
  }
  return { files, folders };
}

/** Names are asked for without their kinds, which takes half the time; those that are known have been looked at. */
function holdsOnly(files: readonly string[], folder: string, fleet: string): boolean {
  const names = unlessGone(folder, () => readdirSync(`${fleet}/${folder}`)) ?? [];
  return names.length === files.length && names.every((name) => files.includes(`${folder}/${name}`));
}
