import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, temporaryFolder } from './fleet-files.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Call {
  /** Where it runs. */
  readonly in: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Another user than the one who runs the tests. */
  readonly uid?: number;
  readonly gid?: number;
}

const bin = join(repository, 'bin/stowage.cjs');

/** Runs the CLI as a person would, with its output piped. */
export function stowage(words: readonly string[], { in: cwd, env = {}, ...user }: Call): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
    ...user,
    cwd,
    env: environment(env),
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

/** The same, still running, in a process group of its own, as a terminal gives it one. */
export function startStowage(
  words: readonly string[],
  { in: cwd, env = {} }: Call,
): { child: ChildProcess; end: Promise<Ended> } {
  const child = spawn(process.execPath, [bin, ...words], { cwd, env: environment(env), detached: true });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const end = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, out, err }));
  });
  return { child, end };
}

function environment(changes: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return { ...inherited, ...changes };
}

/** A PATH on which `kustomize` is this shell script, before all that is there already. */
export function pathWithKustomize(script: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'kustomize'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'kustomize'), 0o755);
  return `${folder}:${process.env.PATH ?? ''}`;
}
