import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repository } from './fleet-files.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built CLI to its end. */
export function runCli(folder: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}): Ended {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [join(repository, 'bin/stowage.cjs'), ...words], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, signal, out: stdout, err: stderr };
}
