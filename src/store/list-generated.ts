import { lstatSync, readdirSync } from 'node:fs';
import { generatedRoots } from '../model/output-paths.ts';
import { Failure } from './fail.ts';
import { unlessGone } from './unless-gone.ts';

/** What lies in the generated folders, and those that are none, by path. */
export interface Generated {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** A link is refused: writing through it could end anywhere. */
export function listGenerated(fleet: string): Generated {
  const files = new Set<string>();
  const folders = new Set<string>();
  const visit = (path: string, entry: { isSymbolicLink(): boolean; isDirectory(): boolean }) => {
    if (entry.isSymbolicLink())
      throw new Failure(`${path} is a link, and nothing is written through links`, 'remove it and run again');
    if (!entry.isDirectory()) return void files.add(path);
    folders.add(path);
    const entries = unlessGone(path, () => readdirSync(`${fleet}/${path}`, { withFileTypes: true }));
    for (const inner of entries ?? []) visit(`${path}/${inner.name}`, inner);
  };
  for (const root of generatedRoots) {
    const stats = lstatSync(`${fleet}/${root}`, { throwIfNoEntry: false });
    if (stats !== undefined) visit(root, stats);
  }
  return { files, folders };
}
