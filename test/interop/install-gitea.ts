import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repository } from '../support/fleet-files.ts';

export interface InstalledGitea {
  readonly program: string;
  /** Folder of its templates. */
  readonly source: string;
}

/** Without the real thing there is nothing to test: what is missing fails the tests, in the script's words. */
export async function installGitea(): Promise<InstalledGitea> {
  const child = spawn('bash', [join(repository, 'scripts/install-gitea.sh')], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.on('data', (piece: Buffer) => process.stderr.write(piece));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [printed, complaint, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const [program, source] = printed.trim().split('\n');
  if (status !== 0 || program === undefined || source === undefined)
    throw new Error(`no Gitea to test against: ${complaint.trim()}`);
  return { program, source };
}
