import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import type { Report } from '../diagnostics/diagnostic.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { inputFile, inputRoots, isInputName, longestFile, reportLink } from './input-names.ts';
import { unlessGone } from './unless-gone.ts';

/** The bytes of a file whose state has just been asked for. */
export type ReadBytes = (path: string, stats: Stats) => Uint8Array;

/** Every input below a fleet's folder. Links are refused: an input must be what its path says. */
export function gatherInputs(fleet: string, report: Report, read: ReadBytes = readWhole): Map<string, Uint8Array> {
  return gatherFiles(fleet, [inputFile, ...inputRoots], report, read);
}

export function readWhole(path: string, { size }: Stats): Uint8Array {
  return size > longestFile ? new Uint8Array(longestFile) : readFileSync(path);
}

/** `drift/<cluster>.yaml`: written by people as inputs are, and nothing is compiled from them. */
export function gatherBaselines(fleet: string, report: Report): Map<string, Uint8Array> {
  return gatherFiles(fleet, ['drift'], report, readWhole);
}

function gatherFiles(fleet: string, roots: readonly string[], report: Report, read: ReadBytes): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const visit = (path: string) => {
    const place = `${fleet}/${path}`;
    const stats = unlessGone(path, () => lstatSync(place));
    if (stats === undefined) return;
    if (stats.isSymbolicLink()) {
      reportLink(path, report);
    } else if (stats.isDirectory()) {
      for (const name of unlessGone(path, () => readdirSync(place).sort(compareText)) ?? [])
        if (isInputName(name)) visit(`${path}/${name}`);
    } else if (stats.isFile()) {
      const bytes = unlessGone(path, () => read(place, stats));
      if (bytes !== undefined) files.set(path, bytes);
    }
  };
  for (const root of roots) visit(root);
  return files;
}
