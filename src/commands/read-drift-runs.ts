import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { type DriftRunDocument, driftRunOf } from '../report/drift-run.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { readSource } from './read-values.ts';

const largest = 64 * 1024 * 1024;
const advice = '`stowage drift --json` prints one run; keep each in a file of its own';

/** What `--drift` names: files of runs, and folders of them. What looked at some of their systems tells no history of clusters. */
export function readDriftRuns(paths: readonly string[], context: CommandContext): DriftRunDocument[] {
  return paths
    .flatMap((path) => filesAt(path, context))
    .flatMap((file) => {
      const run = readRun(file, context);
      // Who always compares the same two sides has a history of those.
      if (run.narrowed.every((option) => option.startsWith('--between '))) return [run];
      context.err(`--drift ${file} is left out: it looked at a part only (${run.narrowed.join(' ')})\n`);
      return [];
    });
}

/** Of a folder all that is meant to be read, and nothing below it. */
function filesAt(path: string, { folder }: CommandContext): string[] {
  const place = resolve(folder, path);
  if (sizeOf(place)?.isDirectory() !== true) return [path];
  const files = entriesOf(place, path)
    .filter((entry) => entry.name.endsWith('.json') && !entry.isDirectory())
    .map(({ name }) => join(path, name))
    .sort(compareText);
  if (files.length === 0) throw new UsageError(`--drift ${path}: no *.json in this folder`, advice);
  return files;
}

function readRun(path: string, context: CommandContext): DriftRunDocument {
  const wrong = (why: string) => new UsageError(`--drift ${path} ${why}`, advice);
  const tooLarge = wrong(`is larger than ${largest / 1024 / 1024} MB`);
  if ((sizeOf(resolve(context.folder, path))?.size ?? 0) > largest) throw tooLarge;
  const bytes = readSource(path, context, `--drift ${path}`);
  // Of what is piped the size is known only now.
  if (bytes.length > largest) throw tooLarge;
  const run = driftRunOf(parsed(bytes, wrong));
  if ('wrong' in run) throw wrong(`is no run of drift: ${run.wrong}`);
  return run;
}

function parsed(bytes: Uint8Array, wrong: (why: string) => UsageError): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw wrong('is not UTF-8 text');
    // What it quotes of the file may be anything.
    const [, at] = /at position (\d+)/.exec(error.message) ?? [];
    throw wrong(
      /end of JSON|Unterminated/.test(error.message)
        ? 'is not JSON: it breaks off'
        : `is not JSON${at === undefined ? '' : `: see its character ${Number(at) + 1}`}`,
    );
  }
}

/** None of what is not there, or may not be asked: who reads it says why. */
function sizeOf(place: string): Stats | undefined {
  try {
    return statSync(place);
  } catch {
    return undefined;
  }
}

function entriesOf(place: string, path: string): Dirent[] {
  try {
    return readdirSync(place, { withFileTypes: true });
  } catch (error) {
    throw new UsageError(`cannot read --drift ${path}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
  }
}
