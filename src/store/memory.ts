import { hash } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recollection } from '../compile/compile-options.ts';
import type { RememberedUnit, Unit } from '../compile/unit.ts';
import { cannotWrite } from './cannot-write.ts';
import { failpoint } from './failpoint.ts';
import type { WritePlan } from './plan-writes.ts';
import type { Stage } from './stage.ts';
import { unlessGone } from './unless-gone.ts';

/** What a run leaves for the next one; losing it costs time and nothing else. */
export interface Memory {
  readonly lines: ReadonlyMap<string, Line>;
  /** Units whose files do not lie as they were written. */
  readonly displaced: ReadonlySet<string>;
}

/** A unit as it stands in the file: many are not even parsed, and most are written again as they were read. */
interface Line {
  readonly text: string;
  /** Who proved it; for what is none to be proven, and for what must be made again, a word that is no kustomize. */
  readonly provenBy: string;
  unit?: StoredUnit;
}

export interface StoredUnit extends RememberedUnit {
  /** Size, time and inode of each file when it was written or last found unchanged. */
  readonly stats: readonly string[];
  /** For a proven overlay: digest of all that its build read, what it gave, and the kustomize that built it. */
  readonly proof?: string | undefined;
}

// The first line names the format and holds the digest of the others: name of a unit, who proved it, the unit as JSON.
const format = 'stowage memory 3 ';
const emptyMemory: Memory = { lines: new Map(), displaced: new Set() };

/** The key of what must be made again, for it had problems or lies elsewhere: what kustomize proved of it holds. */
const madeAgain = '';
const [needsNoProof, isMadeAgain] = ['-', '!'];

function memoryPath(fleet: string): string {
  return join(fleet, '.stowage', 'memory');
}

export function readMemory(fleet: string): Memory {
  let bytes: Buffer;
  try {
    bytes = readFileSync(memoryPath(fleet));
  } catch {
    return emptyMemory;
  }
  const end = bytes.indexOf('\n') + 1;
  const rest = bytes.subarray(end);
  if (bytes.toString('latin1', 0, end) !== `${format}${hash('sha256', rest)}\n`) return emptyMemory;
  const lines = new Map<string, Line>();
  for (const text of rest.toString('utf8').split('\n')) {
    const [first, second] = [text.indexOf('\t'), text.indexOf('\t', text.indexOf('\t') + 1)];
    if (first !== -1) lines.set(text.slice(0, first), { text, provenBy: text.slice(first + 1, second) });
  }
  return { lines, displaced: new Set() };
}

/** Puts it beside what is staged; calling the answer makes it the memory of the fleet in one step. */
export function draftMemory(fleet: string, { folder }: Stage, lines: readonly string[]): () => void {
  const draft = join(folder, 'memory');
  const rest = lines.join('\n');
  try {
    writeFileSync(draft, `${format}${hash('sha256', rest)}\n${rest}`);
  } catch (error) {
    throw cannotWrite('.stowage/memory', error);
  }
  return () => {
    failpoint();
    renameSync(draft, memoryPath(fleet));
  };
}

function asLine(unit: StoredUnit, kustomize: string | undefined): string {
  const provenBy = unit.proof === undefined ? '' : (kustomize ?? '');
  const word = unit.key === madeAgain ? isMadeAgain : unit.facts === undefined ? needsNoProof : provenBy;
  return `${unit.name}\t${word}\t${JSON.stringify(unit)}`;
}

function unitOf({ lines }: Memory, name: string): StoredUnit | undefined {
  const line = lines.get(name);
  if (line !== undefined) line.unit ??= JSON.parse(line.text.slice(line.text.lastIndexOf('\t') + 1));
  return line?.unit;
}

/** Tells a file from the one that was there before without reading it; moving it does not change it. */
function fileStat(folder: string, path: string): string | undefined {
  const stats = unlessGone(path, () => lstatSync(`${folder}/${path}`, { throwIfNoEntry: false }));
  return stats?.isFile() ? `${stats.size} ${stats.mtimeMs} ${stats.ino}` : undefined;
}

/** A unit is recalled unless proof is wanted and another kustomize proved it. */
export function recollectionOf(memory: Memory, kustomize: string | undefined): Recollection {
  const has = (name: string) => {
    const provenBy = memory.lines.get(name)?.provenBy;
    if (provenBy === undefined || provenBy === isMadeAgain || memory.displaced.has(name)) return false;
    return kustomize === undefined || provenBy === kustomize || provenBy === needsNoProof;
  };
  return { has, get: (name) => (has(name) ? unitOf(memory, name) : undefined) };
}

/** What proves an overlay as it was last, wherever its files lie. */
export function provenBefore(memory: Memory, name: string): string | undefined {
  return unitOf(memory, name)?.proof;
}

/** The recalled units whose files no longer lie as they were written. */
export function displaced(units: readonly Unit[], memory: Memory, fleet: string): string[] {
  const recalled = units.filter((unit) => unit.contents === undefined);
  return recalled.map(({ name }) => name).filter((name) => !isInPlace(fleet, unitOf(memory, name)));
}

function isInPlace(fleet: string, unit: StoredUnit | undefined): boolean {
  const { files = [], stats = [] } = unit ?? {};
  return files.every((path, index) => stats[index] !== undefined && stats[index] === fileStat(fleet, path));
}

export function forget(memory: Memory, names: readonly string[]): Memory {
  return { ...memory, displaced: new Set(names) };
}

/** What is to be remembered once the plan was carried out: its files have not left the stage. */
export function linesToBe(
  units: readonly Unit[],
  before: Memory,
  fleet: string,
  stage: Stage,
  plan: WritePlan,
  proofs: ReadonlyMap<string, string>,
  kustomize: string | undefined,
): string[] {
  const skipped = new Set(plan.skipped);
  const staged = new Set([...plan.create, ...plan.update]);
  return units.flatMap((unit) => {
    const { name, key, files, digest, facts, uses, content } = unit;
    if (unit.contents === undefined) {
      const recalled = unitOf(before, name);
      if (key === undefined || recalled === undefined) return [];
      return recalled.key === key ? (before.lines.get(name)?.text ?? []) : asLine({ ...recalled, key, uses }, kustomize);
    }
    const proof = proofs.get(name);
    // What the run was not about lies there as it was, and must not be taken for what it would be.
    if ((key === undefined && proof === undefined) || files.some((path) => skipped.has(path))) return [];
    const stats = files.map((path) => fileStat(staged.has(path) ? stage.folder : fleet, path) ?? '');
    return asLine({ name, key: key ?? madeAgain, files, digest, facts, uses, content, stats, proof }, kustomize);
  });
}
