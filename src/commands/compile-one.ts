import { compiler, schemas } from '../build-facts.ts';
import { compile } from '../compile/compile.ts';
import type { CompiledSystem } from '../compile/compile-system.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { type CommandContext, UsageError } from './command-context.ts';

/** One system in one environment; undefined when problems of the description, now told, stand in the way. */
export async function compileOne(
  fleet: string,
  environment: string,
  system: string,
  context: CommandContext,
): Promise<CompiledSystem | undefined> {
  let compiled: CompiledSystem | undefined;
  const wants = (environmentName: string, systemName: string) => environmentName === environment && systemName === system;
  const see = (environmentName: string, seen: CompiledSystem) => {
    if (wants(environmentName, seen.resolved.name)) compiled = seen;
  };
  const files = gatherInputs(fleet, () => {});
  const { diagnostics, units } = await context.compute(() => compile(files, { compiler, schemas, inspect: { wants, see } }));
  if (compiled !== undefined) return compiled;
  if (hasErrors(diagnostics)) {
    for (const diagnostic of diagnostics) context.err(`${formatDiagnostic(diagnostic, context.palette)}\n\n`);
    return undefined;
  }
  const known = units.filter((unit) => unit.facts !== undefined).map((unit) => unit.name.slice('overlays/'.length));
  throw new UsageError(`there is no ${environment}/${system}`, didYouMean(`${environment}/${system}`, known));
}
