import { compiler, schemas, version } from './build-facts.ts';
import { compile as compileUnits } from './compile/compile.ts';
import { hasErrors } from './diagnostics/diagnostic.ts';
import { type DiagnosticJson, diagnosticToJson } from './diagnostics/format-diagnostic.ts';
import { supportedMinors } from './kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from './kubernetes/schema-types.ts';
import type { PlainObject } from './model/desired-object.ts';
import type { Plan } from './plan/plan.ts';
import { planChanges } from './plan/plan-changes.ts';
import { renderFleet } from './plan/render-fleet.ts';
import { gatherInputs } from './store/gather-inputs.ts';
import { parseBuild } from './verify/parse-build.ts';

export type { DiagnosticJson, Plan };
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
  const bytes = asBytes(inputs);
  const objects = new Map<string, readonly PlainObject[]>();
  const see = (environment: string, compiled: { resolved: { name: string }; finished: () => readonly PlainObject[] }) =>
    objects.set(`${environment}/${compiled.resolved.name}`, compiled.finished());
  const { units, diagnostics } = compileUnits(bytes, { compiler, schemas, inspect: { wants: () => true, see } });
  const ok = !hasErrors(diagnostics);
  const files = new Map(ok ? units.flatMap((unit) => [...(unit.contents ?? [])]) : []);
  return { ok, files, objects: ok ? objects : new Map(), diagnostics: diagnostics.map(diagnosticToJson) };
}

export interface PlanResult {
  /** No errors on either side: only then is there a plan. */
  readonly ok: boolean;
  readonly plan: Plan | undefined;
  readonly diagnostics: { readonly before: readonly DiagnosticJson[]; readonly after: readonly DiagnosticJson[] };
}

/** What would change in the rendered objects from one fleet to the other; takes inputs as `compile` does. */
export function plan(
  before: ReadonlyMap<string, string | Uint8Array>,
  after: ReadonlyMap<string, string | Uint8Array>,
): PlanResult {
  const request = { options: { compiler, schemas }, selected: () => true, parse: parseBuild };
  const is = renderFleet({ ...request, name: 'after', files: asBytes(after) });
  const was = renderFleet({ ...request, name: 'before', files: asBytes(before) }, is);
  const ok = !hasErrors([...was.diagnostics, ...is.diagnostics]);
  const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  return {
    ok,
    plan: ok ? planChanges(was.state, is.state, { schemas: newest }) : undefined,
    diagnostics: { before: was.diagnostics.map(diagnosticToJson), after: is.diagnostics.map(diagnosticToJson) },
  };
}

function asBytes(inputs: ReadonlyMap<string, string | Uint8Array>): Map<string, Uint8Array> {
  const encoder = new TextEncoder();
  return new Map([...inputs].map(([path, text]) => [path, typeof text === 'string' ? encoder.encode(text) : text]));
}

/** The inputs of a fleet that lies on disk. */
export function readFleet(folder: string): Map<string, Uint8Array> {
  return gatherInputs(folder, () => {});
}
