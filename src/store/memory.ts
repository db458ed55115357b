import { lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RememberedUnit } from '../compile/unit.ts';
import { failpoint } from './failpoint.ts';

/** What a run leaves for the next one; losing it costs time and nothing else. */
export interface Memory {
  readonly units: Readonly<Record<string, StoredUnit>>;
}

export interface StoredUnit extends RememberedUnit {
  /** Size, time and inode of each file when it was written or last found unchanged. */
  readonly stats: Readonly<Record<string, string>>;
  /** For a proven overlay: digest of all that its build read, what it gave, and the kustomize that built it. */
  readonly proof?: string | undefined;
  readonly provenBy?: string | undefined;
}

const format = 1;
const emptyMemory: Memory = { units: {} };

export function memoryPath(fleet: string): string {
  return join(fleet, '.stowage', 'memory.json');
}

export function readMemory(fleet: string): Memory {
  try {
    const stored = JSON.parse(readFileSync(memoryPath(fleet), 'utf8')) as Memory & { format: number };
    return stored.format === format ? stored : emptyMemory;
  } catch {
    return emptyMemory;
  }
}

export function writeMemory(fleet: string, memory: Memory): void {
  const path = memoryPath(fleet);
  // Among what is staged, where the next run clears up after one that was killed.
  const draft = join(fleet, '.stowage', 'staging', `${process.pid}-memory.json`);
  writeFileSync(draft, JSON.stringify({ format, ...memory }));
  failpoint();
  renameSync(draft, path);
}

/** Tells a file from the one that was there before without reading it. */
export function fileStat(fleet: string, path: string): string | undefined {
  const stats = lstatSync(join(fleet, path), { throwIfNoEntry: false });
  return stats?.isFile() ? `${stats.size} ${stats.mtimeMs} ${stats.ino}` : undefined;
}

export function isInPlace(fleet: string, unit: StoredUnit): boolean {
  return Object.keys(unit.files).every((path) => unit.stats[path] !== undefined && unit.stats[path] === fileStat(fleet, path));
}
