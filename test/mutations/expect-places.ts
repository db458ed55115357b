import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../../src/diagnostics/format-diagnostic.ts';
import { compileFleet } from '../support/compile-fleet.ts';
import type { Files } from '../support/fleet-files.ts';

/**
 * In milliseconds of this process. Wide, since how long a machine takes says little; what it finds is input whose
 * size makes work explode, which takes minutes. Figures are the benchmark's.
 */
const longest = 20_000;

/**
 * Compiles whatever comes: it compiles, or every problem has a file, a line and a column in it, and can be
 * shown; it never throws and never takes long. Gives the codes of the errors.
 */
export function compileAnything(files: Files, what: string): string[] {
  const start = process.cpuUsage();
  let compiled: ReturnType<typeof compileFleet>;
  try {
    compiled = compileFleet(files);
  } catch (error) {
    throw new Error(`${what}: thrown: ${(error as Error).stack}`);
  }
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1_000;
  if (took > longest) throw new Error(`${what}: took ${Math.round(took)} ms`);
  for (const diagnostic of compiled.diagnostics) checkPlace(diagnostic, what);
  return compiled.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

function checkPlace(diagnostic: Diagnostic, what: string): void {
  const { file, line, column, message, related } = diagnosticToJson(diagnostic);
  const lines = diagnostic.place.file.text.split('\n').length;
  for (const place of [{ file, line, column }, ...related]) {
    if (place.file === '' || !(place.line >= 1) || !(place.column >= 1))
      throw new Error(`${what}: \`${message}\` has no place: ${JSON.stringify(place)}`);
  }
  if (line > lines) throw new Error(`${what}: \`${message}\` is at line ${line} of ${lines}`);
  if (message.trim() === '' || /\bundefined\b|\[object |NaN/.test(message)) throw new Error(`${what}: says \`${message}\``);
  if (formatDiagnostic(diagnostic).includes('\u0000')) throw new Error(`${what}: shows a NUL`);
}
