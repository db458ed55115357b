import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { type Accepted, acceptDifferences } from '../drift/accept-differences.ts';
import type { Ledger } from '../drift/ledger.ts';
import { baselinePath } from '../drift/read-baselines.ts';
import { printableLine } from '../plan/printable.ts';
import { type Refusal, refuse } from '../promote/refusal.ts';
import { gatherBaselines } from '../store/gather-inputs.ts';
import { writeInputs } from '../store/write-inputs.ts';
import { type CommandContext, type CommonOptions, exitCodes, plural } from './command-context.ts';

export interface DriftAcceptOptions extends CommonOptions {
  readonly reason: string;
  readonly owner: string;
  readonly until: string;
}

/** Writes into `drift/` what may stay for a while, of the differences that a run has just found. */
export function driftAccept(
  ledger: Ledger,
  ids: readonly string[],
  fleet: string,
  options: DriftAcceptOptions,
  context: CommandContext,
): number {
  const { reason, owner, until } = options;
  const links: Diagnostic[] = [];
  const files = gatherBaselines(fleet, (diagnostic) => links.push(diagnostic));
  const accepted =
    links.length > 0
      ? { ...refuse('drift/ cannot be read'), diagnostics: links }
      : acceptDifferences(ledger, files, { ids, reason, owner, until }, new Date(ledger.at));
  if ('refused' in accepted) return tellRefusal(accepted, options, context);
  writeInputs(fleet, accepted.files, files);
  tell(accepted, options, context);
  return exitCodes.clean;
}

function tell({ entries, files }: Accepted, options: DriftAcceptOptions, { out, palette }: CommandContext): void {
  const { owner, reason, until } = options;
  if (options.json === true) {
    const accepted = entries.map(({ difference: { id, cluster } }) => ({ difference: id, cluster, file: baselinePath(cluster) }));
    const told = { command: 'drift accept', ok: true, accepted, owner, reason, until, files: [...files.keys()] };
    out(`${JSON.stringify(told, null, 2)}\n`);
  } else if (options.quiet !== true) {
    const lines = entries.map(({ difference }) => `  ${printableLine(difference.id)}`);
    const head = `accepted until ${until}: ${plural(entries.length, 'difference')}, in ${[...files.keys()].join(', ')}`;
    out(`${[palette.strong(head), ...lines].join('\n')}\n`);
  }
}

function tellRefusal(refusal: Refusal, options: CommonOptions, { out, err, palette }: CommandContext): number {
  const { refused, advice, diagnostics = [] } = refusal;
  if (options.json === true) {
    const told = { command: 'drift accept', ok: false, accepted: [], files: [], refused, advice };
    out(`${JSON.stringify({ ...told, diagnostics: diagnostics.map(diagnosticToJson) }, null, 2)}\n`);
    return exitCodes.problems;
  }
  for (const diagnostic of diagnostics) err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
  err(`${palette.error('refused')} ${printableLine(refused)}\n`);
  if (advice !== undefined) err(`  ${palette.strong('→')} ${printableLine(advice)}\n`);
  return exitCodes.problems;
}
