// One process at a time, whole: wall clock, CPU seconds of it and all that it started, peak memory.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const inMemory = '/dev/shm';
const enough = 2 ** 30;

/**
 * A folder for the files of all tools: in memory where there is room, since some file systems make new files
 * many times slower for minutes after others were removed, and that would be all that is measured.
 */
export function makeWorkFolder() {
  return mkdtempSync(join(hasRoom(inMemory) ? inMemory : tmpdir(), 'stowage-bench-'));
}

function hasRoom(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > enough;
  } catch {
    return false;
  }
}

// bash counts what its children and their children used; Node cannot ask for that.
const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" 2>&1';

/** Seconds of wall clock and CPU. What the process says is only shown when it fails. */
export function time(words, { cwd, env, input = '' } = {}) {
  const result = spawnSync('bash', ['-c', script, 'bash', ...words], {
    cwd,
    env: { ...process.env, LC_ALL: 'C', ...env },
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (result.status !== 0) throw new Error(`${words.join(' ')} failed:\n${result.stdout}${result.stderr}${result.error ?? ''}`);
  const [wall, user, system] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, cpu: user + system };
}

/** MiB of the largest single process, as the kernel kept count; undefined where there is no /proc. */
export async function peakMemory(words, { cwd, env, input = '' } = {}) {
  const child = spawn(words[0], words.slice(1), { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let own = 0;
  let largest = 0;
  const look = () => {
    own = Math.max(own, highWater(child.pid));
    largest = Math.max(largest, own, ...descendants(child.pid).map(highWater));
  };
  const timer = setInterval(look, 5);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`);
  return largest === 0 ? undefined : { own: own / 1024, largest: largest / 1024 };
}

function highWater(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readProc(`${pid}/status`))?.[1] ?? 0);
}

function descendants(pid) {
  const children = readProc(`${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function readProc(path) {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

export function summarize(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}
