import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repository } from './fleet-files.ts';

export const cli = join(repository, 'dist/cli.js');

export interface CliResult {
  /** Exit code; null when the process was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly folder: string;
  readonly environment?: NodeJS.ProcessEnv;
}

const colourless = { NO_COLOR: undefined, FORCE_COLOR: undefined, CI: undefined } as const;

/** Runs the built CLI to its end, with nothing attached that looks like a terminal. */
export function runCli(words: readonly string[], { folder, environment = {} }: CliOptions): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    cwd: folder,
    env: { ...process.env, ...colourless, ...environment },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Runs the built CLI and does something to it as soon as it says so. */
export async function runCliUntil(
  words: readonly string[],
  { folder, environment = {} }: CliOptions,
  said: RegExp,
  then: (pid: number) => void,
): Promise<CliResult> {
  const child = spawn(process.execPath, [cli, ...words], { cwd: folder, env: { ...process.env, ...colourless, ...environment } });
  let [out, err, done] = ['', '', false];
  const listen = () => {
    if (done || !said.test(out + err)) return;
    done = true;
    then(child.pid as number);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    listen();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    listen();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}
