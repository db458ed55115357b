import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatherInputs } from '../../src/store/gather-inputs.ts';

/** Files by path relative to a fleet's folder. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

export const repository = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

const encoder = new TextEncoder();

export function asBytes(files: Files): Map<string, Uint8Array> {
  return new Map([...files].map(([path, content]) => [path, typeof content === 'string' ? encoder.encode(content) : content]));
}

/** The inputs of the fleet that this repository is. */
export function referenceInputs(): Map<string, Uint8Array> {
  return gatherInputs(repository, (diagnostic) => {
    throw new Error(diagnostic.message);
  });
}

/** Those of the fleet that a test is about, without the pipeline, which names environments of all of it. */
export function partOfFleet(files: ReadonlyMap<string, Uint8Array>, isPart: (path: string) => boolean): Map<string, Uint8Array> {
  const part = new Map([...files].filter(([path]) => isPart(path)));
  const text = new TextDecoder().decode(part.get('stowage.yaml'));
  const rest = text.replace(/^ {2}promotion:\n(?: {4}.*\n)+/m, '');
  if (rest === text) throw new Error('stowage.yaml has no pipeline to leave out');
  return part.set('stowage.yaml', new TextEncoder().encode(rest));
}

/** The same files with some replaced; an undefined content removes its file. */
export function withFiles(files: Files, changes: Readonly<Record<string, string | Uint8Array | undefined>>): Files {
  const changed = new Map(files);
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) changed.delete(path);
    else changed.set(path, content);
  }
  return changed;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Every file below a folder with its text; what Stowage keeps for itself is left out unless asked for. */
export function readTree(folder: string, { own = false } = {}): Map<string, string> {
  const files = new Map<string, string>();
  const visit = (path: string) => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const inner = path === '' ? name : `${path}/${name}`;
      if (!own && inner === '.stowage') continue;
      const stats = lstatSync(join(folder, inner));
      if (stats.isSymbolicLink()) files.set(inner, '(link)');
      else if (stats.isDirectory()) visit(inner);
      else files.set(inner, readFileSync(join(folder, inner), 'utf8'));
    }
  };
  visit('');
  return files;
}

export function generatedOf(tree: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...tree].filter(([path]) => /^(base|overlays|argocd)\//.test(path)));
}

const made: string[] = [];
/** Behind the name of a folder that is being removed. */
export const going = '-going';

/** A new folder outside the repository; all of them go when the test process ends. */
export function temporaryFolder(files: Files = new Map()): string {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-test-'));
  made.push(folder);
  writeFiles(folder, files);
  return folder;
}

/** The same, left to the end of the run, which searches it for secrets and then removes it. */
export function searchedFolder(files: Files = new Map()): string {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-searched-'));
  writeFiles(folder, files);
  return folder;
}

process.once('exit', () => {
  for (const folder of made) {
    // In one step, for whoever searches it at the moment; a test may have removed it.
    if (existsSync(folder)) renameSync(folder, `${folder}${going}`);
    rmSync(`${folder}${going}`, { recursive: true, force: true });
  }
});
