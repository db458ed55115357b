import { execFileSync } from 'node:child_process';
import { type Files, temporaryFolder, writeFiles } from './fleet-files.ts';

/** Whoever runs the tests has settings of their own; these repositories have none of them. */
const environment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@localhost',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@localhost',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

export function git(folder: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: folder, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A new repository whose first commit on `main` holds these files. */
export function gitFolder(files: Files, format = 'sha1'): string {
  const folder = temporaryFolder(files);
  git(folder, 'init', '--quiet', '--initial-branch=main', `--object-format=${format}`);
  commitAll(folder);
  return folder;
}

export function commitAll(folder: string, changes: Files = new Map()): string {
  writeFiles(folder, changes);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message=change');
  return git(folder, 'rev-parse', 'HEAD').trim();
}

/** A bare copy that others push to and fetch from, with its address. */
export function bareCopy(folder: string): { bare: string; url: string } {
  const bare = `${temporaryFolder()}/config.git`;
  git(folder, 'clone', '--quiet', '--bare', folder, bare);
  git(bare, 'config', 'uploadpack.allowFilter', 'true');
  return { bare, url: `file://${bare}` };
}
