import { compiler, schemas } from '../build-facts.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { printPlan } from '../plan/print-plan.ts';
import { printable, printableLine } from '../plan/printable.ts';
import type { ChangeOutcome, ChangeResult } from '../promote/carry-out.ts';
import { planOf } from '../promote/plan-of.ts';
import type { Proposal } from '../promote/propose.ts';
import type { Comparison } from '../promote/refusal.ts';
import type { ClassifiedField } from '../promote/transfer.ts';
import { type CommandContext, type CommonOptions, exitCodes, plural } from './command-context.ts';

interface TellOptions extends CommonOptions {
  /** Every field that differs, and why it goes along or stays. */
  readonly fields?: boolean;
  readonly due?: boolean;
  readonly all?: boolean;
}

const problems: ReadonlySet<ChangeOutcome> = new Set(['refused', 'blocked']);

/** What became of each, with the exact difference for those that somebody asked for one by one. */
export function tellChanges(
  results: readonly ChangeResult[],
  command: string,
  options: TellOptions,
  context: CommandContext,
): number {
  // A schedule must not cry about what waits for a person.
  const isProblem = ({ outcome }: ChangeResult) => problems.has(outcome) && !(options.due === true && outcome === 'blocked');
  const code = results.some(isProblem) ? exitCodes.problems : exitCodes.clean;
  if (options.json === true) {
    context.out(`${JSON.stringify({ command, ok: code === exitCodes.clean, results: results.map(toJson) }, null, 2)}\n`);
    return code;
  }
  for (const result of results) {
    if (options.quiet !== true && options.all !== true) {
      tellProposal(result, options, context);
      if (result.compared !== undefined) tellFields(result.compared, options, context);
    }
    tellResult(result, options, context);
  }
  if (results.length === 0 && options.quiet !== true) context.out('no pipeline leads anywhere: nothing is promoted\n');
  return code;
}

function tellProposal({ proposal }: ChangeResult, options: TellOptions, { out, palette }: CommandContext): void {
  if (proposal === undefined) return;
  const { title, fields, from, environment, notes } = proposal.intent;
  out(`${palette.strong(title)}\n`);
  for (const note of notes) out(`  ${palette.warning('note')} ${printableLine(note)}\n`);
  tellFields({ from, to: environment ?? 'head', fields }, options, { out });
  if (options.fields === true) return;
  const plan = planOf(proposal.changed, { compiler, schemas });
  out(`\n${printPlan(plan, palette)}`);
}

function tellFields({ from, to, fields }: Comparison, options: TellOptions, { out }: Pick<CommandContext, 'out'>): void {
  const shown = options.fields === true ? fields : fields.filter((field) => field.taken || field.class === 'hold');
  for (const field of shown) out(`${fieldLine(field, from, to, options.fields === true)}\n`);
}

function fieldLine(field: ClassifiedField, from: string, to: string, why: boolean): string {
  const word = field.taken ? 'carry' : field.class;
  const reason = why ? ` (${field.taken && field.class === 'hold' ? 'named by --include' : field.why})` : '';
  const note = word === 'hold' && !why ? `; --include ${field.name} takes it` : '';
  return `  ${word.padEnd(5)} ${printableLine(field.name)}: ${to} has ${shown(field.target)}, ${from} ${shown(field.source)}${reason}${note}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return printableLine(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function tellResult(result: ChangeResult, options: TellOptions, { out, err, palette }: CommandContext): void {
  const { key, outcome, reason, advice, diagnostics = [], pullRequest, notes } = result;
  for (const diagnostic of diagnostics) if (diagnostic.severity === 'error') err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
  const name = printableLine(key);
  for (const note of notes) err(`${palette.warning('note')} ${name}: ${printableLine(note)}\n`);
  if (problems.has(outcome)) {
    err(`${palette.error(outcome)} ${palette.strong(name)}: ${printable(reason ?? '')}\n`);
    if (advice !== undefined) err(`  ${palette.strong('→')} ${printable(advice)}\n`);
    return;
  }
  if (options.quiet === true) return;
  const number = pullRequest === undefined ? '' : ` #${pullRequest.number}`;
  const url = pullRequest?.url === undefined ? '' : ` ${pullRequest.url}`;
  if (outcome === 'preview') {
    const files = plural(result.proposal?.set.files.length ?? 0, 'file');
    const waits = result.gates.map((gate) => `\n  waits: ${printableLine(gate.text)}`).join('');
    const way = advice === undefined ? '' : `\n    ${palette.strong('→')} ${printable(advice)}`;
    const block = reason === undefined ? '' : `\n  would be blocked: ${printable(reason)}${way}`;
    out(`  ${outcome.padEnd(9)} ${name}: ${files} (nothing was done)${waits}${block}\n`);
    return;
  }
  out(`  ${outcome.padEnd(9)} ${name}${number}${url}${reason === undefined ? '' : `: ${printable(reason)}`}\n`);
}

function toJson({ proposal, compared, diagnostics, ...result }: ChangeResult): unknown {
  return {
    ...result,
    ...(proposal === undefined ? {} : { change: changeToJson(proposal) }),
    ...(compared === undefined ? {} : { compared: { ...compared, fields: compared.fields.map(fieldToJson) } }),
    diagnostics: (diagnostics ?? []).map(diagnosticToJson),
  };
}

function fieldToJson({ name, class: kind, why, taken, source, target }: ClassifiedField): unknown {
  return { name, class: kind, why, taken, source, target };
}

function changeToJson(proposal: Proposal): unknown {
  const { intent, set, gates } = proposal;
  const { title, system, environment, from, release, notes } = intent;
  const fields = intent.fields.map(fieldToJson);
  const files = set.files.map(({ path, action, text }) => ({ path, action, text: text ?? null }));
  return {
    title,
    system,
    environment: environment ?? null,
    from,
    release: release ?? null,
    notes,
    fields,
    gates,
    files,
    plan: planOf(proposal.changed, { compiler, schemas }),
  };
}
