import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files below a folder by their path in it, in an order that is the same everywhere; empty where there is no folder. */
export function readTree(folder: string): Map<string, Uint8Array> {
  if (!existsSync(folder)) return new Map();
  const paths = (readdirSync(folder, { recursive: true }) as string[]).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path))]));
}

export function writeTree(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  for (const [path, content] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

export function replaceTree(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  rmSync(folder, { recursive: true, force: true });
  writeTree(folder, files);
}

/** The cases in a folder: every folder in it is one. */
export function listCases(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** UPDATE_CASES=1 writes what is expected anew; a person then reads the difference. */
export const updating = process.env.UPDATE_CASES === '1';
