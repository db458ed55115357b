import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository, temporaryFolder } from './fleet-files.ts';
import { formIn, formsOf } from './secret-forms.ts';

/** Everything that leaves a process: what it writes and sends, which files it opens, what it calls. */
const calls =
  'write,writev,pwrite64,pwritev,sendto,sendmsg,execve,open,openat,rename,renameat,renameat2,mkdir,symlink,link,unlink';
const options = ['-f', '-e', `trace=${calls}`, '-s', '2097152'];

/** strace may be missing, or the machine may not let anybody look at processes. */
export const traces = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

export interface Traced {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly trace: Buffer;
}

/** The words that run a program under strace, and how to get its trace once it has ended. */
export function traced(program: readonly string[]): { readonly words: string[]; readonly trace: () => Buffer } {
  const path = join(temporaryFolder(), 'trace');
  const trace = () => {
    const bytes = readFileSync(path);
    // It may hold what was looked for: whoever asked says so.
    rmSync(path);
    return bytes;
  };
  return { words: ['strace', ...options, '-o', path, ...program], trace };
}

export const cli = [process.execPath, join(repository, 'bin/stowage.cjs')];

/** Runs a program with everything that it gives away; what it may not give away comes by a pipe. */
export function runTraced(
  program: readonly string[],
  folder: string,
  { input = '', env = {} }: { readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv },
): Traced {
  const { words, trace } = traced(program);
  const { status, stdout, stderr, error } = spawnSync(words[0] as string, words.slice(1), {
    cwd: folder,
    env: { ...process.env, ...env },
    input,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error !== undefined) throw error;
  return { code: status, out: stdout, err: stderr, trace: trace() };
}

/** Where a secret was given away, in any form: the line of the trace. */
export function findInTrace(trace: Buffer, secret: string | Uint8Array): string | undefined {
  const forms = formsOf(secret);
  if (formIn(trace, forms) === undefined) return undefined;
  return trace
    .toString('latin1')
    .split('\n')
    .find((line) => formIn(Buffer.from(line, 'latin1'), forms) !== undefined)
    ?.slice(0, 200);
}
