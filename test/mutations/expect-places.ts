import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../../src/diagnostics/format-diagnostic.ts';
import { compileFleet } from '../support/compile-fleet.ts';
import type { Files } from '../support/fleet-files.ts';

/** In milliseconds of this process, so that a busy machine does not count. */
const longest = 2_000;

/**
 * Compiles whatever comes: it compiles, or every problem has a file, a line and a column in it, and can be
 * shown; it never throws and never takes long, beside what the same fleet takes unharmed. Gives the codes of the errors.
 */
export function compileAnything(files: Files, what: string, unharmed = 0): string[] {
  const start = process.cpuUsage();
  let compiled: ReturnType<typeof compileFleet>;
  try {
    compiled = compileFleet(files);
  } catch (error) {
    throw new Error(`${what}: thrown: ${(error as Error).stack}`);
  }
  const took = millisecondsSince(start);
  if (took > longest + unharmed) throw new Error(`${what}: took ${Math.round(took)} ms`);
  for (const diagnostic of compiled.diagnostics) checkPlace(diagnostic, what);
  return compiled.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

export function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
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
