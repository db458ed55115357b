import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/fleet-files.ts';

/** The description of the reference fleet in a git repository of its own, committed. */
export function copyReferenceFleet(folder: string): void {
  mkdirSync(folder);
  for (const name of ['stowage.yaml', 'systems', 'clusters'])
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', ...words], { cwd: folder });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'The fleet');
}

/** Changes of each kind that a reviewer has to tell apart: many alike, one that is dangerous, one that is only a text. */
export function changeFleet(folder: string): void {
  for (const { file, before, after } of changes) replaceIn(folder, file, before, after);
}

export function replaceIn(folder: string, file: string, before: string, after: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(before)) throw new Error(`${file} does not say ${before}`);
  writeFileSync(path, text.replace(before, after));
}

const changes: readonly { readonly file: string; readonly before: string; readonly after: string }[] = [];
