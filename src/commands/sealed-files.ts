import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { PlainObject } from '../model/desired-object.ts';
import type { InputFiles } from '../model/input-files.ts';
import { untrack } from '../model/tracked.ts';
import { parseDocument } from '../read/parse-document.ts';
import { readText } from '../read/read-text.ts';
import { isSealedPath } from '../read/sort-inputs.ts';
import { readSealedFile, type SealedFile } from '../sealing/sealed-file.ts';

/** What is sealed already, by path, of what is wanted; what cannot be read is told and passed over. */
export function sealedFiles(
  files: InputFiles,
  isWanted: (path: string) => boolean,
): {
  readonly sealed: Map<string, SealedFile>;
  readonly broken: readonly Diagnostic[];
} {
  const broken: Diagnostic[] = [];
  const sealed = new Map<string, SealedFile>();
  for (const path of files.keys()) {
    if (!isSealedPath(path) || !isWanted(path)) continue;
    const diagnostics: Diagnostic[] = [];
    const file = readText(files, path, (diagnostic) => diagnostics.push(diagnostic));
    const tree =
      file === undefined ? undefined : parseDocument(file, 'sealed secret', (diagnostic) => diagnostics.push(diagnostic));
    if (file !== undefined && tree !== undefined && !hasErrors(diagnostics))
      sealed.set(path, readSealedFile(file.text, untrack(tree) as PlainObject));
    else broken.push(...diagnostics);
  }
  return { sealed, broken };
}
