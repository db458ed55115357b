import { resolve } from 'node:path';
import type { Repository } from './find-repository.ts';
import { runGit, textOf } from './run-git.ts';

/** Where git keeps head and branches: two folders where a repository has several working trees. */
export async function gitFolders({ call }: Repository): Promise<string[]> {
  const { code, out } = await runGit(['rev-parse', '--git-dir', '--git-common-dir'], call);
  if (code !== 0) return [];
  const lines = textOf(out).replace(/\n$/, '').split('\n');
  return [...new Set(lines.map((line) => resolve(call.in, line)))];
}
