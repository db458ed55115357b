import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { printableLine } from '../plan/printable.ts';
import type { Refusal } from '../promote/refusal.ts';
import type { StatusRow } from '../promote/status-table.ts';
import { type CommandContext, type CommonOptions, exitCodes } from './command-context.ts';

const titles = ['SYSTEM', 'WAVE', 'ENVIRONMENT', 'RELEASE', 'SINCE', 'WAITS FOR'] as const;

/** The pipelines as a table. */
export function tellStatus(rows: readonly StatusRow[] | Refusal, options: CommonOptions, context: CommandContext): number {
  const { out, err, palette } = context;
  if ('refused' in rows) {
    if (options.json === true) {
      const { refused: reason, advice, diagnostics = [] } = rows;
      const told = {
        command: 'promote',
        ok: false,
        pipeline: null,
        reason,
        advice,
        diagnostics: diagnostics.map(diagnosticToJson),
      };
      out(`${JSON.stringify(told, null, 2)}\n`);
      return exitCodes.problems;
    }
    for (const diagnostic of rows.diagnostics ?? []) err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
    err(`${palette.error('refused')} ${printableLine(rows.refused)}\n`);
    if (rows.advice !== undefined) err(`  ${palette.strong('→')} ${printableLine(rows.advice)}\n`);
    return exitCodes.problems;
  }
  if (options.json === true) {
    out(`${JSON.stringify({ command: 'promote', ok: true, pipeline: rows }, null, 2)}\n`);
    return exitCodes.clean;
  }
  if (rows.length === 0) {
    out('there is no pipeline: say `promotion: {pipeline: […]}` in stowage.yaml\n');
    return exitCodes.clean;
  }
  const cells = rows.map((row) => [
    row.system,
    String(row.wave + 1),
    row.environment,
    row.release,
    row.since?.slice(0, 16).replace('T', ' ') ?? '',
    [row.pullRequest === null ? '' : `#${row.pullRequest}`, row.waits.join('; ')]
      .filter((text) => text !== '')
      .map(printableLine)
      .join(' '),
  ]);
  const widths = titles.map((title, index) => Math.max(title.length, ...cells.map((row) => (row[index] as string).length)));
  const line = (row: readonly string[]) =>
    row
      .map((text, index) => text.padEnd(index === titles.length - 1 ? 0 : (widths[index] as number)))
      .join('  ')
      .trimEnd();
  out(`${[palette.strong(line(titles)), ...cells.map(line)].join('\n')}\n`);
  return exitCodes.clean;
}
