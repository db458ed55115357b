import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compile } from './compile/compile.ts';
import type { CompileOptions } from './compile/compile-options.ts';
import type { Unit } from './compile/unit.ts';
import { type Diagnostic, hasErrors, type Report } from './diagnostics/diagnostic.ts';
import { sortDiagnostics } from './diagnostics/sort-diagnostics.ts';
import { digestOf } from './model/digest.ts';
import { applyWrites } from './store/apply-writes.ts';
import { Failure } from './store/fail.ts';
import { gatherInputs } from './store/gather-inputs.ts';
import { listGenerated } from './store/list-generated.ts';
import { fileStat, isInPlace, type Memory, readMemory, type StoredUnit, writeMemory } from './store/memory.ts';
import { isEmpty, planWrites, type WritePlan } from './store/plan-writes.ts';
import { openStage, type Stage } from './store/stage.ts';
import { findKustomize, type Kustomize } from './verify/find-kustomize.ts';
import type { Mismatch, OverlayToVerify } from './verify/verify-overlays.ts';

export interface RunRequest {
  /** The fleet's folder. */
  readonly fleet: string;
  /** write: compile, verify, write. check: the same without writing. verify: prove everything anew, write nothing. */
  readonly mode: 'write' | 'check' | 'verify';
  readonly verify: boolean;
  readonly overwrite: readonly string[];
  readonly selected: (path: string) => boolean;
  readonly options: Pick<CompileOptions, 'schemas' | 'compiler'>;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface RunResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly plan: WritePlan | undefined;
  readonly written: boolean;
  readonly environments: number;
  readonly overlays: number;
  readonly verified: number;
  readonly alreadyProven: number;
  readonly mismatches: readonly Mismatch[];
  readonly kustomize: Kustomize | undefined;
}

/** Gather → compile → plan → stage → verify → write: the edge around the pure pipeline. */
export async function run(request: RunRequest): Promise<RunResult> {
  const { fleet, mode } = request;
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const inputs = gatherInputs(fleet, report);
  const kustomize = request.verify ? await findKustomize(request.environment) : undefined;
  const memory = readMemory(fleet);
  const remember = (name: string) => (mode === 'verify' ? undefined : recalled(memory.units[name], fleet, kustomize));
  const compilation: Compilation = compile(inputs, { ...request.options, remember, prove: kustomize !== undefined });
  diagnostics.push(...compilation.diagnostics);

  const nothing: RunResult = {
    diagnostics: sortDiagnostics(diagnostics),
    plan: undefined,
    written: false,
    environments: 0,
    overlays: 0,
    verified: 0,
    alreadyProven: 0,
    mismatches: [],
    kustomize,
  };
  if (hasErrors(diagnostics)) return nothing;

  const read = (path: string) => readFileSync(join(fleet, path), 'utf8');
  const plan = planWrites(
    {
      units: compilation.units,
      present: listGenerated(fleet),
      read,
      selected: request.selected,
      overwrite: new Set(request.overwrite),
    },
    report,
  );
  if (hasErrors(diagnostics)) return { ...nothing, diagnostics: sortDiagnostics(diagnostics), plan };

  const overlays = compilation.units.filter((unit) => unit.facts !== undefined);
  const counts = {
    diagnostics: sortDiagnostics(diagnostics),
    plan,
    environments: compilation.units.filter((unit) => unit.uses !== undefined).length,
    overlays: overlays.length,
    kustomize,
  };
  const byName = new Map(compilation.units.map((unit) => [unit.name, unit]));
  const filesRead = (unit: Unit): Record<string, string> =>
    Object.assign({}, ...(unit.reads ?? []).map((folder) => byName.get(folder)?.files));
  const proofs = new Map(
    overlays.map((unit) => [
      unit.name,
      unit.contents === undefined ? memory.units[unit.name]?.proof : proofOf(unit, filesRead(unit), kustomize),
    ]),
  );
  const known = new Set(mode === 'verify' ? [] : Object.values(memory.units).flatMap((unit) => unit.proof ?? []));
  const toVerify =
    kustomize === undefined
      ? []
      : overlays.filter(
          (unit) =>
            unit.contents !== undefined && request.selected(`${unit.name}/`) && !known.has(proofs.get(unit.name) as string),
        );
  const untouched = compilation.units.every((unit) => unit.contents === undefined);
  const alreadyProven = kustomize === undefined ? 0 : overlays.length - toVerify.length;
  if (untouched && isEmpty(plan)) return { ...counts, written: false, verified: 0, alreadyProven, mismatches: [] };

  const stage = openStage(fleet, mode === 'write' ? 'write' : 'check');
  try {
    fillStage(
      stage,
      plan,
      compilation.units,
      toVerify.flatMap((unit) => Object.keys(filesRead(unit))),
      read,
    );
    const { mismatches, verified } = await verifyStaged(request, stage, toVerify, kustomize);
    // A build that was stopped is no mismatch.
    if (request.signal?.aborted === true) throw new Failure('stopped before anything was written');
    if (mismatches.length > 0) return { ...counts, written: false, verified: verified.length, alreadyProven, mismatches };
    if (mode === 'write') {
      applyWrites(fleet, stage, plan);
      const proven = new Set([...known, ...verified.map((name) => proofs.get(name) as string)]);
      writeMemory(
        fleet,
        memoryOf(
          compilation.units.filter((unit) => isWritten(unit, plan)),
          memory,
          fleet,
          (unit) => proofs.get(unit),
          proven,
          kustomize,
        ),
      );
    }
    return { ...counts, written: mode === 'write' && !isEmpty(plan), verified: verified.length, alreadyProven, mismatches: [] };
  } finally {
    stage.remove();
  }
}

/** A unit is recalled while its files lie as they were written and, where proof is wanted, were proven by this kustomize. */
function recalled(stored: StoredUnit | undefined, fleet: string, kustomize: Kustomize | undefined): StoredUnit | undefined {
  if (stored === undefined || !isInPlace(fleet, stored)) return undefined;
  return kustomize !== undefined && stored.facts !== undefined && stored.provenBy !== kustomize.identity ? undefined : stored;
}

/** Everything that the build of an overlay reads, the program that builds it, and what it must give. */
function proofOf(unit: Unit, read: Record<string, string>, kustomize: Kustomize | undefined): string | undefined {
  return kustomize === undefined
    ? undefined
    : digestOf(kustomize.identity, ...Object.entries(read).flat(), ...[...(unit.expected ?? [])].flat());
}

/** What is to be written, and all that the builds to come read. */
function fillStage(
  stage: Stage,
  plan: WritePlan,
  units: readonly Unit[],
  read: readonly string[],
  readOld: (path: string) => string,
): void {
  const contents = new Map(units.flatMap((unit) => [...(unit.contents ?? [])]));
  for (const path of new Set([...plan.create, ...plan.update, ...read])) stage.put(path, contents.get(path) ?? readOld(path));
}

async function verifyStaged(request: RunRequest, stage: Stage, units: readonly Unit[], kustomize: Kustomize | undefined) {
  if (kustomize === undefined || units.length === 0) return { verified: [], mismatches: [] };
  const { verifyOverlays } = await import('./verify/verify-overlays.ts');
  const overlays = units.map(
    (unit): OverlayToVerify => ({
      name: unit.name,
      environment: unit.name.split('/')[1] as string,
      expected: unit.expected as NonNullable<Unit['expected']>,
    }),
  );
  return verifyOverlays({
    folder: stage.folder,
    overlays,
    kustomize,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
}

/** What the run was not about lies there as it was, and must not be taken for what it would be. */
function isWritten(unit: Unit, plan: WritePlan): boolean {
  return !plan.skipped.some((path) => Object.hasOwn(unit.files, path));
}

function memoryOf(
  units: readonly Unit[],
  before: Memory,
  fleet: string,
  proofOfUnit: (name: string) => string | undefined,
  proven: ReadonlySet<string>,
  kustomize: Kustomize | undefined,
): Memory {
  const stored = units
    .filter((unit) => unit.key !== undefined)
    .map((unit): [string, StoredUnit] => {
      const { name, key, files, facts, uses, reads } = unit;
      const recalled = unit.contents === undefined ? before.units[name] : undefined;
      if (recalled !== undefined) return [name, recalled];
      const stats = Object.fromEntries(Object.keys(files).map((path) => [path, fileStat(fleet, path) ?? '']));
      const proof = proofOfUnit(name);
      const proved = proof !== undefined && proven.has(proof) ? { proof, provenBy: kustomize?.identity } : {};
      return [name, { name, key, files, facts, uses, reads, stats, ...proved }];
    });
  return { units: Object.fromEntries(stored) };
}
