import { lstatSync, readdirSync } from 'node:fs';
import { generatedRoots } from '../model/output-paths.ts';
import { Failure } from './fail.ts';

/** Every file in the generated folders. A link among them is refused: writing through it could end anywhere. */
export function listGenerated(fleet: string): Set<string> {
  const paths = new Set<string>();
  const visit = (folder: string) => {
    for (const entry of readdirSync(`${fleet}/${folder}`, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isSymbolicLink())
        throw new Failure(`${path} is a link, and nothing is written through links`, 'remove it and run again');
      if (entry.isDirectory()) visit(path);
      else paths.add(path);
    }
  };
  for (const root of generatedRoots) {
    const stats = lstatSync(`${fleet}/${root}`, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (!stats.isDirectory())
      throw new Failure(`${root} is not a folder`, 'generated files belong there; move it away and run again');
    visit(root);
  }
  return paths;
}
