import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../model/source-file.ts';

/** Problems for which resolving takes what is needed for given: what follows can be looked through all the same. */
export const bridged: ReadonlySet<DiagnosticCode> = new Set(['missing-parameter', 'switched-off', 'validation-failed']);

/** Problems between a value and others, which may be as they are because something was left out. */
const relative: ReadonlySet<DiagnosticCode> = new Set([
  ...bridged,
  'autoscale-conflict',
  'blocked-disruption',
  'dependency-cycle',
  'expression-failed',
  'expression-type',
  'group-variable',
  'incomplete-component',
  'object-conflict',
  'optional-reference',
  'patch-matches-nothing',
  'unknown-reference',
  'unsealed-secret',
]);

/**
 * Of a system in an environment of which something was left out. What lies in other files may only be wrong
 * because nothing was laid over it; of the environment's own values those are told that are wrong by themselves.
 */
export function withholdConsequences(environment: SourceFile, report: Report): Report {
  return (diagnostic) => {
    if (diagnostic.place.file === environment && !relative.has(diagnostic.code)) report(diagnostic);
  };
}
