import { schemas } from '../../src/build-facts.ts';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledSystem } from '../../src/compile/compile-system.ts';
import type { Unit } from '../../src/compile/unit.ts';
import { type Diagnostic, hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../../src/diagnostics/format-diagnostic.ts';
import { asBytes, type Files } from './fleet-files.ts';

export interface CompiledFleet {
  readonly ok: boolean;
  readonly units: readonly Unit[];
  readonly diagnostics: readonly Diagnostic[];
  /** Generated text by path. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly systems: readonly { readonly environment: string; readonly compiled: CompiledSystem }[];
}

/** Compiles a fleet in memory, from the sources. */
export function compileFleet(files: Files): CompiledFleet {
  const systems: { environment: string; compiled: CompiledSystem }[] = [];
  const { units, diagnostics } = compile(asBytes(files), {
    compiler: 'test',
    schemas,
    prove: true,
    inspect: { wants: () => true, see: (environment, compiled) => systems.push({ environment, compiled }) },
  });
  return {
    ok: !hasErrors(diagnostics),
    units,
    diagnostics,
    outputs: new Map(units.flatMap((unit) => [...(unit.contents ?? [])])),
    systems,
  };
}

/** Compiles what must compile; the message of the error is what a person would read. */
export function compileClean(files: Files): CompiledFleet {
  const compiled = compileFleet(files);
  if (!compiled.ok) throw new Error(compiled.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join('\n\n'));
  return compiled;
}
