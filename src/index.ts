import { compiler, schemas, version } from './build-facts.ts';
import { compile as compileUnits } from './compile/compile.ts';
import { hasErrors } from './diagnostics/diagnostic.ts';
import { type DiagnosticJson, diagnosticToJson } from './diagnostics/format-diagnostic.ts';
import type { PlainObject } from './model/desired-object.ts';
import { gatherInputs } from './store/gather-inputs.ts';

export type { DiagnosticJson };
export { version };

export interface CompileResult {
  /** No errors: only then are there files. */
  readonly ok: boolean;
  /** Generated text by path. */
  readonly files: ReadonlyMap<string, string>;
  /** What each system means in each environment, as the cluster gets it: `environment/system` → objects. */
  readonly objects: ReadonlyMap<string, readonly PlainObject[]>;
  readonly diagnostics: readonly DiagnosticJson[];
}

/** Compiles a fleet in memory: input texts by path in, generated texts by path out. Nothing is read or written. */
export function compile(inputs: ReadonlyMap<string, string | Uint8Array>): CompileResult {
  const encoder = new TextEncoder();
  const bytes = new Map([...inputs].map(([path, text]) => [path, typeof text === 'string' ? encoder.encode(text) : text]));
  const objects = new Map<string, readonly PlainObject[]>();
  const see = (environment: string, compiled: { resolved: { name: string }; finished: () => readonly PlainObject[] }) =>
    objects.set(`${environment}/${compiled.resolved.name}`, compiled.finished());
  const { units, diagnostics } = compileUnits(bytes, { compiler, schemas, inspect: { wants: () => true, see } });
  const ok = !hasErrors(diagnostics);
  const files = new Map(ok ? units.flatMap((unit) => [...(unit.contents ?? [])]) : []);
  return { ok, files, objects: ok ? objects : new Map(), diagnostics: diagnostics.map(diagnosticToJson) };
}

/** The inputs of a fleet that lies on disk. */
export function readFleet(folder: string): Map<string, Uint8Array> {
  return gatherInputs(folder, () => {});
}
