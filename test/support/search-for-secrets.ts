import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { going, repository } from './fleet-files.ts';
import { formIn, formsOf } from './secret-forms.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Part of every secret of the tests; made for this run, and nowhere written. */
    secretMarker: string;
  }
}

type Found = (place: string, bytes: Buffer) => void;

/**
 * Gives the tests a text that is part of all their secrets and one folder for all that is temporary. When they
 * are through, nothing that is left of them may hold it: temporary files, the repository, its Git objects, reports.
 */
export default function setup(project: TestProject): () => void {
  const marker = `stowage${randomBytes(15).toString('hex')}`;
  const outside = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'stowage-run-'));
  process.env.TMPDIR = folder;
  project.provide('secretMarker', marker);
  return () => {
    if (outside === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = outside;
    const leaks: string[] = [];
    const forms = formsOf(marker);
    const look: Found = (place, bytes) => {
      const form = formIn(bytes, forms);
      if (form !== undefined) leaks.push(`${place} (${form})`);
    };
    try {
      searchFolder(folder, look);
      searchFolder(repository, look);
      searchFolder(join(repository, 'node_modules/.vite'), look);
      searchGit(repository, look);
      for (const report of Object.values(reportsOf(project))) searchFile(report, look);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    if (leaks.length === 0) return;
    // The tests have passed by now, and that is what would be told.
    process.exitCode = 1;
    throw new Error(`a secret of the tests was found where none may be:\n  ${leaks.join('\n  ')}`);
  };
}

function reportsOf({ config }: TestProject): Record<string, string> {
  const { outputFile } = config;
  return typeof outputFile === 'string' ? { all: outputFile } : (outputFile ?? {});
}

/** A test that has ended takes its folders with it, maybe while they are looked through. */
function searchFolder(path: string, look: Found): void {
  if (path.endsWith(going)) return;
  try {
    searchInside(path, look);
  } catch (error) {
    if (existsSync(path)) throw error;
  }
}

function searchInside(path: string, look: Found): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  // Objects are packed and compressed: Git gives them out.
  if (basename(path) === '.git' && path !== join(repository, '.git')) searchGit(path, look);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    look(`the name of ${inner}`, Buffer.from(entry.name));
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') searchFolder(inner, look);
    } else if (entry.isSymbolicLink()) look(inner, Buffer.from(readlinkSync(inner)));
    else if (entry.isFile()) searchFile(inner, look);
  }
}

function searchFile(path: string, look: Found): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === true) look(path, readFileSync(path));
}

/** An unpacked copy, as from an archive, has no objects to look at. */
function searchGit(folder: string, look: Found): void {
  if (lstatSync(join(repository, '.git'), { throwIfNoEntry: false }) === undefined) return;
  const list = ['cat-file', '--batch-all-objects', '--batch', '--unordered'];
  const { status, stdout, stderr, error } = spawnSync('git', list, { cwd: folder, maxBuffer: 2 ** 31 - 1 });
  if (status !== 0) throw new Error(`cannot look through the objects of Git in ${folder}: ${error?.message ?? stderr}`);
  look(`the Git objects of ${folder}`, stdout);
}
