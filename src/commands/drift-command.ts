import { version } from '../build-facts.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic, plainPalette } from '../diagnostics/format-diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { refuseTerms } from '../drift/accept-differences.ts';
import { type Between, betweens } from '../drift/difference.ts';
import { couldBeId } from '../drift/difference-id.ts';
import { type FailOn, fails } from '../drift/fails.ts';
import type { Ledger, LedgerEntry } from '../drift/ledger.ts';
import { ledgerToJson } from '../drift/ledger-to-json.ts';
import { parseFailOn } from '../drift/parse-fail-on.ts';
import { printLedger } from '../drift/print-ledger.ts';
import { printLedgerMarkdown } from '../drift/print-ledger-markdown.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import type { DriftOptions } from './drift-options.ts';
import { fleetFolder } from './fleet-folder.ts';
import { lookForDrift } from './look-for-drift.ts';

/** What is not as it is meant to be: in the repository, on the clusters, between environments. */
export async function driftCommand(
  action: string | undefined,
  ids: readonly string[],
  options: DriftOptions,
  context: CommandContext,
): Promise<number> {
  checkCall(action, ids, options);
  const failOn = failOnOf(options);
  const chosen = betweensOf(options, [...ids, ...(options.absorb ?? []), ...(options.revert ?? [])]);
  const fleet = fleetFolder(options, context);
  const look = await lookForDrift(fleet, chosen, options, context);
  if ('obstacles' in look) return tellObstacles(look.obstacles, context);
  const { ledger } = look;
  const { reason = '', owner = '', until = '' } = options;
  if (action === 'accept')
    return (await import('./drift-accept.ts')).driftAccept(ledger, ids, fleet, { ...options, reason, owner, until }, context);
  if (options.absorb !== undefined) return (await import('./drift-settle.ts')).driftAbsorb(look, options, context);
  if (options.revert !== undefined) return (await import('./drift-settle.ts')).driftRevert(fleet, look, options, context);
  const failing = fails(ledger, failOn);
  await writeReports(fleet, ledger, failing, options, context);
  const told = options.json === true || chosen.size > 1 || !look.lacksPipeline;
  if (told) tell(ledger, failing, options, context);
  else if (options.quiet !== true)
    context.out('there is no pipeline, so that nothing is to be compared: say `promotion: {pipeline: […]}` in stowage.yaml\n');
  if (options.issue === true) await (await import('./drift-issues.ts')).driftIssues(ledger, failing, options, context);
  if (ledger.unseen.length > 0) return exitCodes.failure;
  return failing.length > 0 ? exitCodes.problems : exitCodes.clean;
}

function tell(
  ledger: Ledger,
  failing: readonly LedgerEntry[],
  options: DriftOptions,
  { out, err, palette }: CommandContext,
): void {
  const shown = process.stdout.isTTY === true ? palette : plainPalette;
  if (options.json === true) out(`${JSON.stringify(ledgerToJson(ledger, failing, narrowedBy(options)), null, 2)}\n`);
  else if (options.markdown === true) out(printLedgerMarkdown(ledger, { narrowed: narrowedBy(options) }));
  else if (options.quiet !== true || failing.length + ledger.unseen.length > 0)
    out(printLedger(ledger, shown, failing, narrowedBy(options)));
  if (options.json !== true && options.quiet !== true && failing.length > 0)
    err(`${palette.error(`${failing.length} of ${ledger.entries.length} differences fail`)} this run\n`);
}

async function writeReports(
  fleet: string,
  ledger: Ledger,
  failing: readonly LedgerEntry[],
  { sarif, metrics }: DriftOptions,
  { folder, signal }: CommandContext,
): Promise<void> {
  if (sarif === undefined && metrics === undefined) return;
  const { writeReport } = await import('../store/write-report.ts');
  if (sarif !== undefined) {
    const { printSarif } = await import('../drift/print-sarif.ts');
    const { root } = await (await import('../git/fleet-commit.ts')).fleetCommit(fleet, ['stowage.yaml'], signal);
    const below = (await import('../publish/own-files.ts')).folderIn(root, fleet);
    const prefix = below === '' ? '' : `${below}/`;
    writeReport(folder, sarif, printSarif(ledger, { version, failing, prefix }));
  }
  if (metrics !== undefined) writeReport(folder, metrics, (await import('../drift/print-metrics.ts')).printMetrics(ledger));
}

function tellObstacles(obstacles: readonly Diagnostic[], { err, palette }: CommandContext): number {
  for (const diagnostic of obstacles) err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
  err(`${palette.error('the description has problems')}, so there is nothing to hold anything against\n`);
  return exitCodes.problems;
}

function checkCall(action: string | undefined, ids: readonly string[], options: DriftOptions): void {
  const { reason, owner, until, absorb, revert, dryRun } = options;
  if (action !== undefined && action !== 'accept')
    throw new UsageError(`\`drift ${action}\` is no action`, didYouMean(action, ['accept']) ?? '`stowage drift accept <id>`');
  if (action === 'accept') {
    if (ids.length === 0) throw new UsageError('say which difference is accepted', '`stowage drift` shows the id of each');
    if (absorb !== undefined || revert !== undefined)
      throw new UsageError('what is accepted is neither absorbed nor reverted', 'choose one of them');
    for (const [name, value] of Object.entries({ reason, owner, until }))
      if (value === undefined)
        throw new UsageError(`--${name} is missing`, 'an acceptance has a --reason, an --owner and a day --until which it holds');
    checkIds(ids);
    const wrong = refuseTerms({ ids, reason: reason ?? '', owner: owner ?? '', until: until ?? '' }, new Date());
    if (wrong !== undefined) throw new UsageError(wrong.refused, wrong.advice);
    return;
  }
  const { issue, metrics } = options;
  const [narrowed] = narrowedBy(options);
  const whole = (issue === true ? '--issue' : undefined) ?? (metrics && '--metrics');
  if (narrowed !== undefined && whole !== undefined)
    throw new UsageError(
      `${whole} is about whole clusters, and ${narrowed.split(' ')[0]} leaves out some of them`,
      '--cluster chooses clusters',
    );
  if (absorb !== undefined && revert !== undefined)
    throw new UsageError('--absorb and --revert are two runs', 'choose one of them');
  checkIds([...(absorb ?? []), ...(revert ?? [])]);
  const settles = absorb !== undefined || revert !== undefined;
  if (owner !== undefined || until !== undefined) throw new UsageError('--owner and --until go with `drift accept`');
  if (reason !== undefined && absorb === undefined) throw new UsageError('--reason goes with `drift accept` and --absorb');
  if (dryRun === true && !settles)
    throw new UsageError('--dry-run goes with --absorb and --revert', '`drift` itself changes nothing');
}

function checkIds(ids: readonly string[]): void {
  const strange = ids.find((id) => !couldBeId(id));
  if (strange !== undefined)
    throw new UsageError(
      `\`${strange}\` is no id of a difference: one begins with ${betweens.map((word) => `${word}:`).join(', ')}`,
      'such as cluster:dev/fluss/Deployment/web#spec.replicas; `stowage drift` shows the id of each',
    );
}

/** The options by which a run leaves out some of what its clusters have. */
function narrowedBy({ environment = [], system = [], between = [] }: DriftOptions): string[] {
  const given = (option: string, words: readonly string[]) => words.map((word) => `${option} ${word}`);
  return [...given('-e', environment), ...given('-s', system), ...given('--between', between)];
}

function failOnOf({ failOn }: DriftOptions): FailOn | undefined {
  if (failOn === undefined) return undefined;
  const parsed = parseFailOn(failOn);
  if ('problem' in parsed) throw new UsageError(parsed.problem, parsed.hint);
  return parsed;
}

/** All, or those that are chosen; those of named differences are enough for them. */
function betweensOf({ between }: DriftOptions, ids: readonly string[]): ReadonlySet<Between> {
  const wrong = between?.find((word) => !(betweens as readonly string[]).includes(word));
  if (wrong !== undefined)
    throw new UsageError(`--between ${wrong} is none of ${betweens.join(', ')}`, didYouMean(wrong, betweens));
  const named = betweens.filter((word) => ids.length > 0 && ids.every((id) => id.startsWith(`${word}:`)));
  return new Set(between === undefined ? (named.length > 0 ? named : betweens) : (between as readonly Between[]));
}
