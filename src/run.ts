import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Compilation, type CompiledChanges, compileChanged } from './compile/compile.ts';
import type { CompileOptions } from './compile/compile-options.ts';
import type { Unit } from './compile/unit.ts';
import { type Diagnostic, hasErrors, type Report } from './diagnostics/diagnostic.ts';
import { sortDiagnostics } from './diagnostics/sort-diagnostics.ts';
import { type Proofs, proofsOf } from './proofs.ts';
import { applyWrites } from './store/apply-writes.ts';
import { Failure } from './store/fail.ts';
import { gatherInputs } from './store/gather-inputs.ts';
import { listGenerated } from './store/list-generated.ts';
import { displaced, draftMemory, forget, linesToBe, type Memory, readMemory, recollectionOf } from './store/memory.ts';
import { isEmpty, planWrites, type WritePlan } from './store/plan-writes.ts';
import { openStage, type Stage } from './store/stage.ts';
import { unlessGone } from './store/unless-gone.ts';
import { findKustomize } from './verify/find-kustomize.ts';
import type { Kustomize } from './verify/kustomize.ts';
import type { Mismatch, Verification } from './verify/verify-overlays.ts';

export interface RunRequest {
  /** The fleet's folder. */
  readonly fleet: string;
  /** write: compile, verify, write. check: the same without writing. verify: prove everything anew, write nothing. */
  readonly mode: 'write' | 'check' | 'verify';
  readonly verify: boolean;
  readonly overwrite: readonly string[];
  /** Whether every warning is an error. */
  readonly strict?: boolean;
  readonly selected: (path: string) => boolean;
  readonly options: Pick<CompileOptions, 'schemas' | 'compiler'>;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Does what takes long and leaves nothing behind. */
  readonly compute?: <Result>(work: () => Result) => Promise<Result>;
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
  /** What was compiled; none when there were errors. */
  readonly units: readonly Unit[];
}

/** Gather → compile → stage → verify and plan → write: the edge around the pure pipeline. */
export async function run(request: RunRequest): Promise<RunResult> {
  const memory = readMemory(request.fleet);
  const trusting = await attempt(request, memory);
  if (!('displaced' in trusting)) return trusting;
  const careful = await attempt(request, forget(memory, trusting.displaced));
  if ('displaced' in careful) throw new Failure('generated files were moved while this ran', 'run it again');
  return careful;
}

async function atOnce<Result>(work: () => Result): Promise<Result> {
  return work();
}

interface Displaced {
  readonly displaced: readonly string[];
}

/**
 * Whether the files of what is remembered still lie as they were written is looked up while kustomize works;
 * where they do not, the attempt comes to nothing.
 */
async function attempt(request: RunRequest, memory: Memory): Promise<RunResult | Displaced> {
  const { fleet, mode } = request;
  const outside: Diagnostic[] = [];
  const report: Report = (diagnostic) => outside.push(diagnostic);
  const inputs = gatherInputs(fleet, report);
  const kustomize = request.verify ? await findKustomize(request.environment, request.signal) : undefined;
  const remember = mode === 'verify' ? {} : { remember: recollectionOf(memory, kustomize?.identity) };
  const options = { ...request.options, ...remember, prove: kustomize !== undefined };
  const compiled = await (request.compute ?? atOnce)(() => compileChanged(inputs, options));
  const told = ({ diagnostics }: Compilation): Diagnostic[] => {
    const concerning = diagnostics.filter((diagnostic) => concerns(diagnostic, request.selected));
    return sortDiagnostics([...outside, ...(request.strict === true ? concerning.map(asError) : concerning)]);
  };

  const nothing = {
    written: false,
    environments: 0,
    overlays: 0,
    verified: 0,
    alreadyProven: 0,
    mismatches: [],
    kustomize,
    units: [],
  };
  if (hasErrors(told(compiled))) return { ...nothing, plan: undefined, diagnostics: told(compiled.complete()) };

  const proofs = proofsOf(compiled.units, memory, kustomize, mode === 'verify' ? 'anew' : 'known', request.selected);
  const planned = (whole: Compilation): Planned => {
    const plan = planOf(request, whole, report);
    const counts = countsOf(whole, proofs, kustomize, request.selected);
    return { ...nothing, ...counts, units: whole.units, plan, diagnostics: told(whole) };
  };
  const made = { request, memory, compiled, proofs, kustomize };
  if (compiled.units.some((unit) => unit.contents !== undefined))
    return proveAndWrite({ ...made, complete: compiled.complete, planned });
  const whole = compiled.complete();
  const moved = displaced(whole.units, memory, fleet);
  if (moved.length > 0) return { displaced: moved };
  const known = planned(whole);
  if (hasErrors(known.diagnostics) || isEmpty(known.plan)) return known;
  return proveAndWrite({ ...made, complete: () => whole, planned: () => known });
}

type Planned = RunResult & { readonly plan: WritePlan };

interface Compiled {
  readonly request: RunRequest;
  readonly memory: Memory;
  readonly compiled: CompiledChanges;
  readonly proofs: Proofs;
  readonly kustomize: Kustomize | undefined;
  /** With all that is remembered. */
  readonly complete: () => Compilation;
  /** The result so far, with what is to be written. */
  readonly planned: (whole: Compilation) => Planned;
}

/** What else is to be looked at, planned and remembered is so while kustomize works. */
async function proveAndWrite(made: Compiled): Promise<RunResult | Displaced> {
  const { request, memory, compiled, proofs, kustomize } = made;
  const { fleet, mode } = request;
  const stage = openStage(fleet, mode === 'write' ? 'write' : 'check');
  const stop = new AbortController();
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, request.signal]);
  let verification: Promise<unknown> = Promise.resolve();
  try {
    const contents = new Map(compiled.units.flatMap((unit) => [...(unit.contents ?? [])]));
    const put = (path: string) => stage.put(path, contents.get(path) ?? readGenerated(fleet, path) ?? '');
    const staged = new Set(proofs.unitsToRead.flatMap((unit) => unit.files));
    for (const path of staged) put(path);
    const verifying = verifyStaged(request, stage, proofs.toProve, kustomize, signal);
    // Told where it is awaited, unless something else ends the run before.
    verification = verifying.catch(() => undefined);
    // Its first processes start before anything else is done.
    await nextTurn();
    const whole = made.complete();
    const others = displaced(whole.units, memory, fleet);
    if (others.length > 0) return { displaced: others };
    const result = made.planned(whole);
    const { plan } = result;
    if (hasErrors(result.diagnostics)) return result;
    for (const path of [...plan.create, ...plan.update]) if (!staged.has(path)) put(path);
    const lines = linesToBe(whole.units, memory, fleet, stage, plan, proofs.digests, kustomize?.identity);
    const keepMemory = mode === 'write' ? draftMemory(fleet, stage, lines) : undefined;
    const { mismatches, verified } = await verifying;
    // A build that was stopped is no mismatch.
    if (request.signal?.aborted === true) throw new Failure('stopped before anything was written');
    if (mismatches.length > 0) return { ...result, verified: verified.length, mismatches };
    if (mode === 'write') {
      applyWrites(fleet, stage, plan);
      keepMemory?.();
    }
    return { ...result, written: mode === 'write' && !isEmpty(plan), verified: verified.length };
  } finally {
    // However it ends, kustomize must not go on in a folder that is gone.
    stop.abort();
    await verification;
    stage.remove();
  }
}

function planOf({ fleet, selected, overwrite }: RunRequest, { units }: Compilation, report: Report): WritePlan {
  const read = (path: string) => readGenerated(fleet, path);
  return planWrites({ units, present: listGenerated(fleet), read, selected, overwrite: new Set(overwrite) }, report);
}

function readGenerated(fleet: string, path: string): string | undefined {
  return unlessGone(path, () => readFileSync(`${fleet}/${path}`, 'utf8'));
}

/** An error anywhere stops the run, as the description is one whole; a warning concerns who asked for its overlay. */
function concerns({ severity, overlays }: Diagnostic, selected: (path: string) => boolean): boolean {
  return severity === 'error' || overlays === undefined || overlays.some((name) => selected(`${name}/`));
}

function asError(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: 'error' };
}

function countsOf(
  compilation: Compilation,
  proofs: Proofs,
  kustomize: Kustomize | undefined,
  selected: (path: string) => boolean,
) {
  const overlays = compilation.units.filter((unit) => unit.facts !== undefined);
  const wanted = overlays.filter((unit) => selected(`${unit.name}/`));
  return {
    environments: compilation.units.filter((unit) => unit.uses !== undefined).length,
    overlays: overlays.length,
    alreadyProven: kustomize === undefined ? 0 : wanted.length - proofs.toProve.length,
  };
}

async function verifyStaged(
  request: RunRequest,
  stage: Stage,
  units: readonly Unit[],
  kustomize: Kustomize | undefined,
  signal: AbortSignal,
): Promise<Verification> {
  if (kustomize === undefined || units.length === 0) return { verified: [], mismatches: [] };
  const { verifyOverlays } = await import('./verify/verify-overlays.ts');
  return verifyOverlays({
    folder: stage.folder,
    overlays: units.map((unit) => ({
      name: unit.name,
      environment: unit.name.split('/')[1] as string,
      expected: unit.expected ?? new Map(),
    })),
    kustomize,
    signal,
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
}
