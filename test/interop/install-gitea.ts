import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repository } from '../support/fleet-files.ts';

/** The folder of the program. Without the real thing there is nothing to test: what is missing fails the tests, in the script's words. */
export async function installGitea(): Promise<string> {
  const child = spawn('bash', [join(repository, 'scripts/install-gitea.sh')], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.on('data', (piece: Buffer) => process.stderr.write(piece));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [folder, complaint, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (status !== 0) throw new Error(`no Gitea to test against: ${complaint.trim()}`);
  return folder.trim();
}
