import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { type MacKey, readMacKey } from '../sealing/value-mac.ts';
import { Failure } from './fail.ts';

const variable = 'STOWAGE_MAC_KEY';

export interface KeptKey {
  readonly key: MacKey | undefined;
  /** What a person should know about it. */
  readonly note: string | undefined;
}

/**
 * The key by which one tells whether a value is the one that was sealed: from the environment, as CI has it,
 * else from a file of this person, made when it is first needed. It never lies in the repository.
 */
export function keptMacKey(environment: NodeJS.ProcessEnv): KeptKey {
  const given = environment[variable];
  if (given !== undefined && given !== '') {
    return { key: read(given, variable), note: undefined };
  }
  const path = macKeyPath(environment);
  const text = readKeyFile(path);
  if (text !== undefined) return { key: read(text, path), note: undefined };
  const made = randomBytes(32).toString('hex');
  try {
    keep(path, `${made}\n`);
  } catch (error) {
    // Another run was faster, and both must go by one key.
    const theirs = (error as NodeJS.ErrnoException).code === 'EEXIST' ? readKeyFile(path) : undefined;
    if (theirs !== undefined) return { key: read(theirs, path), note: undefined };
    return {
      key: undefined,
      note: `cannot keep a key in ${path}, so the next run cannot tell which values are still the same; ${variable} gives one`,
    };
  }
  return { key: read(made, path), note: `made ${path}: with it the next run can tell which values are still the same` };
}

/** Whole or not at all: half a key would be refused by every run after this one. */
function keep(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}-${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    linkSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(text: string, source: string): MacKey {
  const key = readMacKey(text);
  if ('problem' in key) throw new Failure(`the key in ${source} cannot be used: ${key.problem}`);
  return key;
}

export function macKeyPath(environment: NodeJS.ProcessEnv): string {
  const configured = environment.XDG_CONFIG_HOME ?? '';
  // A relative one counts for nothing, says its specification: it would lead into the repository.
  return join(isAbsolute(configured) ? configured : join(homedir(), '.config'), 'stowage', 'mac-key');
}

function readKeyFile(path: string): string | undefined {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new Failure(`${path} can be read by others`, `run chmod 600 ${path}`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file may stand where the folder would be.
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error instanceof Failure ? error : new Failure(`cannot read ${path}: ${code ?? 'unreadable'}`);
  }
}
