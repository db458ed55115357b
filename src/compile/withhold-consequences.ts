import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { SystemSettings } from '../language/environment.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { Tracked } from '../model/tracked.ts';
import { isWhole, type Surveyed } from '../read/read-document.ts';

/** Problems for which resolving takes what is needed for given: what follows can be looked through all the same. */
export const bridged: ReadonlySet<DiagnosticCode> = new Set([
  'bad-parameter',
  'missing-parameter',
  'switched-off',
  'validation-failed',
]);

/** Problems between a value and others, which may be as they are because something was left out. */
const relative: ReadonlySet<DiagnosticCode> = new Set([
  'autoscale-conflict',
  'blocked-disruption',
  'dependency-cycle',
  'expression-failed',
  'expression-type',
  'group-variable',
  'incomplete-component',
  'missing-parameter',
  'object-conflict',
  'optional-reference',
  'patch-matches-nothing',
  'switched-off',
  'unknown-reference',
  'unsealed-secret',
  'unused-waiver',
  'validation-failed',
]);

/** Problems between a value and what its cluster says of itself. */
const relativeToCluster: ReadonlySet<DiagnosticCode> = new Set([
  'custom-resource',
  'gpu-pool',
  'ingress-class',
  'load-balancer',
  'metrics-server',
  'node-port',
  'runtime-class',
  'storage-class',
]);

const ofNames: ReadonlySet<DiagnosticCode> = new Set(['unknown-component', 'unknown-parameter', 'unknown-profile']);

/** Of a document: what it seems to lack may be what was left out of it. */
export function withheldWith(document: Surveyed, report: Report): Report {
  if (isWhole(document)) return report;
  return (diagnostic) => {
    if (relative.has(diagnostic.code) || (mayLackNames(document) && ofNames.has(diagnostic.code))) return;
    report(diagnostic);
  };
}

/** Whether names were left out of it that others may use. */
export function mayLackNames({ leftOut }: Surveyed): boolean {
  return leftOut.some((path) => path.length <= 3 && path[0] !== 'metadata');
}

/** Whether what was left out of a system in an environment may be the release that it runs. */
export function mayRunAnother({ leftOut }: Surveyed, system: string, settings: Tracked<SystemSettings>): boolean {
  return settings.value.release === undefined && leftOut.some((path) => path.length === 4 && path[2] === system);
}

/**
 * Of a system in an environment of which something was left out. What lies in other files may only be wrong
 * because nothing was laid over it; of the environment's own values those are told that are wrong by themselves.
 */
export function withholdConsequences(environment: SourceFile, cluster: Surveyed, report: Report): Report {
  return (diagnostic) => {
    if (diagnostic.place.file !== environment || relative.has(diagnostic.code)) return;
    if (isWhole(cluster) || !relativeToCluster.has(diagnostic.code)) report(diagnostic);
  };
}
