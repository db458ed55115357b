import { lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RememberedUnit, Unit } from '../compile/unit.ts';
import { failpoint } from './failpoint.ts';
import type { WritePlan } from './plan-writes.ts';
import type { Stage } from './stage.ts';
import { unlessGone } from './unless-gone.ts';

/** What a run leaves for the next one; losing it costs time and nothing else. */
export interface Memory {
  readonly units: ReadonlyMap<string, StoredUnit>;
  /** Units as they stand in the file: most are written again as they were read. */
  readonly lines: ReadonlyMap<StoredUnit, string>;
}

export interface StoredUnit extends RememberedUnit {
  /** Size, time and inode of each file when it was written or last found unchanged. */
  readonly stats: readonly string[];
  /** For a proven overlay: digest of all that its build read, what it gave, and the kustomize that built it. */
  readonly proof?: string | undefined;
  readonly provenBy?: string | undefined;
}

// A JSON list with a line for each item, the first of which names the format.
const format = '["stowage memory 2"';
const separator = ',\n';
const emptyMemory: Memory = { units: new Map(), lines: new Map() };

function memoryPath(fleet: string): string {
  return join(fleet, '.stowage', 'memory');
}

export function readMemory(fleet: string): Memory {
  try {
    const text = readFileSync(memoryPath(fleet), 'utf8');
    if (!text.startsWith(format)) return emptyMemory;
    const [, ...stored] = JSON.parse(text) as [string, ...StoredUnit[]];
    const [, ...lines] = text.slice(0, -']\n'.length).split(separator);
    if (!stored.every(isStoredUnit) || lines.length !== stored.length) return emptyMemory;
    return {
      units: new Map(stored.map((unit) => [unit.name, unit])),
      lines: new Map(stored.map((unit, index) => [unit, lines[index] as string])),
    };
  } catch {
    return emptyMemory;
  }
}

function isStoredUnit(unit: Partial<StoredUnit> | null): boolean {
  const isText = (value: unknown) => typeof value === 'string';
  return isText(unit?.name) && isText(unit?.key) && Array.isArray(unit?.files) && Array.isArray(unit.stats);
}

/** Puts it beside what is staged; calling the answer makes it the memory of the fleet in one step. */
export function draftMemory(fleet: string, { folder }: Stage, { units, lines }: Memory): () => void {
  const draft = join(folder, 'memory');
  const texts = [...units.values()].map((unit) => lines.get(unit) ?? JSON.stringify(unit));
  writeFileSync(draft, `${[format, ...texts].join(separator)}]\n`);
  return () => {
    failpoint();
    renameSync(draft, memoryPath(fleet));
  };
}

/** Tells a file from the one that was there before without reading it; moving it does not change it. */
function fileStat(folder: string, path: string): string | undefined {
  const stats = unlessGone(path, () => lstatSync(`${folder}/${path}`, { throwIfNoEntry: false }));
  return stats?.isFile() ? `${stats.size} ${stats.mtimeMs} ${stats.ino}` : undefined;
}

/** The key of what must be made again, for it had problems or lies elsewhere: what kustomize proved of it holds. */
const madeAgain = '';

/** A unit is recalled unless proof is wanted and another kustomize proved it. */
export function recall(memory: Memory, name: string, kustomize: string | undefined): StoredUnit | undefined {
  const unit = memory.units.get(name);
  if (unit?.key === madeAgain) return undefined;
  return kustomize !== undefined && unit?.facts !== undefined && unit.provenBy !== kustomize ? undefined : unit;
}

/** The recalled units whose files no longer lie as they were written. */
export function displaced(units: readonly Unit[], memory: Memory, fleet: string): string[] {
  const recalled = units.filter((unit) => unit.contents === undefined);
  return recalled.map(({ name }) => name).filter((name) => !isInPlace(fleet, memory.units.get(name)));
}

function isInPlace(fleet: string, unit: StoredUnit | undefined): boolean {
  const { files = [], stats = [] } = unit ?? {};
  return files.every((path, index) => stats[index] !== undefined && stats[index] === fileStat(fleet, path));
}

export function forget(memory: Memory, names: readonly string[]): Memory {
  const units = new Map(memory.units);
  for (const name of names) units.set(name, { ...(units.get(name) as StoredUnit), key: madeAgain });
  return { ...memory, units };
}

/** What is to be remembered once the plan was carried out: its files have not left the stage. */
export function memoryOf(
  units: readonly Unit[],
  before: Memory,
  fleet: string,
  stage: Stage,
  plan: WritePlan,
  proofs: ReadonlyMap<string, string>,
  kustomize: string | undefined,
): Memory {
  const skipped = new Set(plan.skipped);
  const staged = new Set([...plan.create, ...plan.update]);
  const stored = new Map<string, StoredUnit>();
  for (const unit of units) {
    const { name, key, files, digest, facts, uses, content } = unit;
    if (unit.contents === undefined) {
      const recalled = before.units.get(name);
      if (key !== undefined && recalled !== undefined)
        stored.set(name, recalled.key === key ? recalled : { ...recalled, key, uses });
      continue;
    }
    const proof = proofs.get(name);
    // What the run was not about lies there as it was, and must not be taken for what it would be.
    if ((key === undefined && proof === undefined) || files.some((path) => skipped.has(path))) continue;
    const stats = files.map((path) => fileStat(staged.has(path) ? stage.folder : fleet, path) ?? '');
    const proven = proof === undefined ? {} : { proof, provenBy: kustomize };
    stored.set(name, { name, key: key ?? madeAgain, files, digest, facts, uses, content, stats, ...proven });
  }
  return { units: stored, lines: before.lines };
}
