import { resolve } from 'node:path';
import { pageFiles, schemas, version } from '../build-facts.ts';
import type { CompiledSystem } from '../compile/compile-system.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import type { DeployedFootprint } from '../footprint/fleet-footprint.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { readDescription } from '../promote/description.ts';
import { systemsOf } from '../report/build-index.ts';
import { buildReport } from '../report/build-report.ts';
import { describeChange } from '../report/change-part.ts';
import { describeFleet } from '../report/describe-fleet.ts';
import { footprintOf } from '../report/describe-overlay.ts';
import { describeProblems } from '../report/describe-problem.ts';
import { driftPart } from '../report/drift-part.ts';
import { printReportPage } from '../report/print-page.ts';
import { promotionPart } from '../report/promotion-part.ts';
import type { Report } from '../report/report.ts';
import { writeReport } from '../store/write-report.ts';
import { type CommandContext, exitCodes, plural, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { checkNames, namesIn } from './fleet-names.ts';
import { worktree } from './plan-sources.ts';
import { renderSource } from './plan-states.ts';
import { promotionStatus } from './promotion-status.ts';
import { readDriftRuns } from './read-drift-runs.ts';
import { readStatusFiles } from './read-status-files.ts';
import type { ReportOptions } from './report-options.ts';
import { stateBefore } from './state-before.ts';

const usualOutput = 'stowage-report.html';

/** One page that shows what runs where, what would change, and why. */
export async function reportCommand(options: ReportOptions, context: CommandContext): Promise<number> {
  if (options.json === true && options.output !== undefined)
    throw new UsageError('--output is where the page goes, and --json prints its data instead of it', 'name one of the two');
  const fleet = fleetFolder(options, context);
  const report = await lookAt(fleet, options, context);
  if ('problems' in report) return tellProblems(report.problems, options, context);
  if (options.json === true) {
    context.out(toJson(report));
    return exitCodes.clean;
  }
  const output = options.output ?? usualOutput;
  const page = printReportPage(report, pageFiles());
  if (output === '-') context.out(page);
  else if (writeReport(context.folder, output, page) && options.quiet !== true)
    tell(report, output, Buffer.byteLength(page), context);
  return exitCodes.clean;
}

interface Unreadable {
  readonly problems: readonly Diagnostic[];
}

async function lookAt(fleet: string, options: ReportOptions, context: CommandContext): Promise<Report | Unreadable> {
  const at = now(context);
  const runs = readDriftRuns(options.drift ?? [], context);
  const statusFiles = readStatusFiles(options.statusFile ?? [], context);
  const source = worktree(fleet);
  checkNames(options, namesIn(source.files));
  const rendered = await renderSource(source, {}, options, context);
  const description = readDescription(source.files);
  if (hasErrors(rendered.diagnostics) || 'problems' in description) return { problems: rendered.diagnostics };
  const before = await stateBefore(options.from, { fleet, source, rendered }, options, context);
  const status = await promotionStatus(fleet, description.spec, statusFiles, options, context);
  const overlays = describeFleet(rendered);
  const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  return buildReport({
    at: at.toISOString(),
    version,
    notes: 'why' in before ? [`changes are not shown: ${before.why}`] : [],
    description,
    overlays,
    footprints: footprintsOf(rendered.systems),
    stale: new Set(),
    problems: describeProblems([...rendered.diagnostics, ...rendered.exceeded]),
    change: 'why' in before ? undefined : describeChange(before, rendered.state, newest),
    promotion: promotionPart(description, systemsOf(overlays), status),
    drift: options.drift === undefined ? undefined : driftPart(runs, at),
  });
}

/** Whoever wants the same bytes of the same fleet says when it is. */
function now({ environment }: CommandContext): Date {
  const { SOURCE_DATE_EPOCH: epoch } = environment;
  return epoch === undefined || !/^\d+$/.test(epoch) ? new Date() : new Date(Number(epoch) * 1000);
}

function footprintsOf(systems: ReadonlyMap<string, CompiledSystem>): DeployedFootprint[] {
  return [...systems].map(([overlay, compiled]) => footprintOf(overlay.split('/')[0] as string, compiled));
}

function tellProblems(problems: readonly Diagnostic[], options: ReportOptions, { out, err, palette }: CommandContext): number {
  if (options.json === true) {
    const diagnostics = problems.map(diagnosticToJson);
    out(`${JSON.stringify({ command: 'report', ok: false, index: null, parts: {}, diagnostics }, null, 2)}\n`);
    return exitCodes.problems;
  }
  for (const problem of problems) err(`${formatDiagnostic(problem, palette)}\n\n`);
  err('the fleet does not compile, so there is nothing to show; `stowage dev` shows its problems in place\n');
  return exitCodes.problems;
}

/** Parts are JSON already, and may be large. */
function toJson({ index, parts }: Report): string {
  const members = [...parts].map(([name, part]) => `${JSON.stringify(name)}:${part}`).join(',');
  return `{"command":"report","ok":true,"index":${JSON.stringify(index)},"parts":{${members}},"diagnostics":[]}\n`;
}

function tell({ index, parts }: Report, output: string, size: number, { folder, out, err }: CommandContext): void {
  for (const note of index.notes) err(`${note}\n`);
  const shown = `${plural(index.environments.length, 'environment')}, ${plural(index.systems.length, 'system')}, ${plural(index.cells.length, 'overlay')}`;
  out(
    `wrote ${output}: ${shown}; ${parts.size} parts, ${Math.ceil(size / 1024)} KiB\n  open file://${resolve(folder, output)}\n`,
  );
}
