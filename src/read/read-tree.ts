import type { Report } from '../diagnostics/diagnostic.ts';
import type { InputFiles } from '../model/input-files.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { Tracked } from '../model/tracked.ts';
import { parseDocument } from './parse-document.ts';
import { readText } from './read-text.ts';

export interface ReadTree {
  readonly file: SourceFile;
  readonly tree: Tracked;
}

/** By the bytes themselves: who hands in the same ones again gets the same tree. Nobody changes a tree. */
const known = new WeakMap<Uint8Array, Map<string, ReadTree>>();

/** A file as a tree. What had a problem is read again each time, so that the problem is told again. */
export function readTree(files: InputFiles, path: string, layer: string, report: Report): ReadTree | undefined {
  const bytes = files.get(path);
  const id = `${path}\n${layer}`;
  const before = bytes === undefined ? undefined : known.get(bytes)?.get(id);
  if (before !== undefined) return before;
  let problems = 0;
  const counted: Report = (diagnostic) => {
    problems += 1;
    report(diagnostic);
  };
  const file = readText(files, path, counted);
  const tree = file === undefined ? undefined : parseDocument(file, layer, counted);
  if (bytes === undefined || file === undefined || tree === undefined) return undefined;
  const read = { file, tree };
  if (problems > 0) return read;
  const trees = known.get(bytes) ?? new Map<string, ReadTree>();
  known.set(bytes, trees.set(id, read));
  return read;
}
