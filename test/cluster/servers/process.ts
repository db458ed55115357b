import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GivenUp, waitUntil } from './wait-until.ts';

export interface Server {
  readonly name: string;
  readonly id: number | undefined;
  /** Waits for it to say that it is ready; gives up when it ended. */
  ready(isReady: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
}

const patience = 15_000;

/** A process that writes into `<folder>/<name>.log`. Only what was started here is ever ended. */
export function startServer(
  name: string,
  command: string,
  words: readonly string[],
  { folder, env = {} }: { folder: string; env?: NodeJS.ProcessEnv },
): Server {
  const log = join(folder, `${name}.log`);
  const out = openSync(log, 'a');
  const child = spawn(command, words, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    stdio: ['ignore', out, out],
  });
  // Tests that are broken off leave nothing running.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  let trouble: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      trouble = error.message;
      resolve();
    });
    child.once('exit', (code, signal) => {
      process.off('exit', end);
      trouble ??= `it ended with ${code ?? signal}`;
      resolve();
    });
  });
  return {
    name,
    id: child.pid,
    async ready(isReady) {
      await waitUntil(`the start of ${name}`, async () => {
        if (trouble !== undefined) throw new GivenUp(`${name}: ${trouble}\n${readFileSync(log, 'utf8').slice(-3000)}`);
        return isReady();
      });
    },
    async stop() {
      if (trouble !== undefined) return;
      const force = setTimeout(() => child.kill('SIGKILL'), patience);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(force);
    },
  };
}

/** Whether an address answers with 200. */
export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
