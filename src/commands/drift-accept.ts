import { formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { acceptDifferences } from '../drift/accept-differences.ts';
import { writeInputs } from '../store/write-inputs.ts';
import { type CommandContext, exitCodes, plural } from './command-context.ts';
import type { DriftOptions } from './drift-options.ts';
import type { Look } from './look-for-drift.ts';

/** Writes into the baseline who answers for differences, why, and until when. */
export function driftAccept(
  fleet: string,
  { ledger, baselines }: Extract<Look, { readonly ledger: unknown }>,
  ids: readonly string[],
  { reason = '', owner = '', until = '', json, quiet }: DriftOptions,
  { out, err, palette }: CommandContext,
): number {
  const accepted = acceptDifferences(ledger, baselines, { ids, reason, owner, until }, new Date(ledger.at));
  if ('refused' in accepted) {
    for (const diagnostic of accepted.diagnostics ?? []) err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
    err(`${palette.error('refused')}: ${accepted.refused}\n`);
    if (accepted.advice !== undefined) err(`  ${palette.strong('→')} ${accepted.advice}\n`);
    return exitCodes.problems;
  }
  writeInputs(fleet, accepted.files, baselines);
  const paths = [...accepted.files.keys()];
  const names = accepted.entries.map(({ difference }) => difference.id);
  if (json === true) out(`${JSON.stringify({ command: 'drift accept', ok: true, files: paths, accepted: names }, null, 2)}\n`);
  else if (quiet !== true) {
    for (const name of names) out(`accepted ${name}\n`);
    out(`${plural(names.length, 'difference')} until ${until} in ${paths.join(', ')}; commit that\n`);
  }
  return exitCodes.clean;
}
