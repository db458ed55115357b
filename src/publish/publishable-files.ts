import { readFileSync } from 'node:fs';
import type { Unit } from '../compile/unit.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { describePlace } from '../model/source-file.ts';
import { readHeader } from '../print/header.ts';
import { Failure } from '../store/fail.ts';
import type { FleetFacts } from './assign-files.ts';
import type { Block } from './block.ts';

/** The generated files as they lie there, which a check has just found to be what the inputs say. */
export function publishableFiles(fleet: string, units: readonly Unit[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const path of units.flatMap((unit) => unit.files)) {
    const text = readFileSync(`${fleet}/${path}`, 'utf8');
    if (readHeader(text)?.untouched !== true)
      throw new Failure(`${path} changed while this ran`, 'run `stowage compile`, then publish again');
    files.set(path, text);
  }
  return files;
}

/** Which folders of bases an overlay reads. */
export function basesOf(units: readonly Unit[]): FleetFacts['bases'] {
  return new Map(
    units.flatMap(({ name, facts }) =>
      facts === undefined
        ? []
        : [[name.slice('overlays/'.length), facts.folders.filter((folder) => folder.startsWith('base/'))] as const],
    ),
  );
}

export const everyKey = '*';

/** A secret that a protected stage lacks, or one that would be readable, is a warning while compiling and stops here. */
export function refusalsOf(diagnostics: readonly Diagnostic[]): Map<string, Block> {
  const stopping = new Set(['unsealed-secret', 'secret-in-plain-text', 'not-sealed']);
  const refusals = new Map<string, Block>();
  for (const { code, overlays, message, hint, place } of diagnostics) {
    if (!stopping.has(code)) continue;
    const block = { reason: `${describePlace(place)}: ${message}`, advice: hint ?? '`stowage seal` fills what is missing' };
    // What is wrong with a System is wrong wherever it runs.
    const names = overlays?.map((overlay) => overlay.slice('overlays/'.length)) ?? [everyKey];
    for (const name of names) if (!refusals.has(name)) refusals.set(name, block);
  }
  return refusals;
}
