import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import type { Report } from '../diagnostics/diagnostic.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { inputFile, inputRoots, isInputName, longestFile, reportLink } from './input-names.ts';

/** Every input below a fleet's folder. Links are refused: an input must be what its path says. */
export function gatherInputs(fleet: string, report: Report): Map<string, Uint8Array> {
  return gatherFiles(fleet, [inputFile, ...inputRoots], report);
}

/** `drift/<cluster>.yaml`: written by people as inputs are, and nothing is compiled from them. */
export function gatherBaselines(fleet: string, report: Report): Map<string, Uint8Array> {
  return gatherFiles(fleet, ['drift'], report);
}

function gatherFiles(fleet: string, roots: readonly string[], report: Report): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const visit = (path: string) => {
    const stats = statOf(`${fleet}/${path}`);
    if (stats === undefined) return;
    if (stats.isSymbolicLink()) {
      reportLink(path, report);
    } else if (stats.isDirectory()) {
      for (const name of readdirSync(`${fleet}/${path}`).sort(compareText)) {
        if (isInputName(name)) visit(`${path}/${name}`);
      }
    } else if (stats.isFile()) {
      files.set(path, stats.size > longestFile ? new Uint8Array(longestFile) : readFileSync(`${fleet}/${path}`));
    }
  };
  for (const root of roots) visit(root);
  return files;
}

function statOf(path: string) {
  return lstatSync(path, { throwIfNoEntry: false });
}
