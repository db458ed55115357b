import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from './fleet-files.ts';

/** Everything that is typed goes to the terminal, everything that it shows comes back; ends as the program ends. */
const driver = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])) % 256)';
const longest = 60_000;

export const terminals = isThere();

function isThere(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pty'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface Terminal {
  /** Types, once the text stands on the terminal that was not there before. */
  after(text: string, typed: string): Promise<void>;
  /** Exit code and all that was shown, once the program has ended. */
  readonly end: Promise<{ readonly code: number | null; readonly shown: string }>;
}

/** Runs the CLI on a terminal of its own. */
export function openTerminal(
  folder: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  program: readonly string[] = [process.execPath, join(repository, 'bin/stowage.cjs')],
): Terminal {
  const child = spawn('python3', ['-c', driver, ...program, ...words], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...environment },
    timeout: longest,
  });
  let shown = '';
  let seen = 0;
  let ended = false;
  let look = () => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  // A program that is gone reads nothing more.
  child.stdin.on('error', () => {});
  const end = new Promise<{ code: number | null; shown: string }>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      ended = true;
      look();
      resolve({ code, shown });
    });
  });
  const after = (text: string, typed: string) =>
    new Promise<void>((resolve, reject) => {
      look = () => {
        const at = shown.indexOf(text, seen);
        if (at === -1 && !ended) return;
        look = () => {};
        if (at === -1) {
          reject(new Error(`«${text}» was never shown, but:\n${shown}`));
          return;
        }
        seen = at + text.length;
        child.stdin.write(typed);
        resolve();
      };
      look();
    });
  return { after, end };
}
