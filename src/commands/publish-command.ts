import { hasErrors } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import type { PublishResult } from '../publish/result.ts';
import type { RunResult } from '../run.ts';
import { isEmpty } from '../store/plan-writes.ts';
import { checkFleet } from './check-fleet.ts';
import { type CommandContext, countProblems, exitCodes, UsageError } from './command-context.ts';
import { explainMismatches } from './explain-mismatches.ts';
import { fleetFolder } from './fleet-folder.ts';
import { checkSelection } from './fleet-names.ts';
import type { PublishOptions } from './publish-options.ts';
import { tellPublished } from './tell-published.ts';

/** What lies in the fleet is checked and proven like by `compile --check`; only then anybody else hears of it. */
export async function publishCommand(options: PublishOptions, context: CommandContext): Promise<number> {
  const fleet = fleetFolder(options, context);
  checkSelection(options, fleet);
  checkPurpose(options.purpose);
  const compiled = await checkFleet(fleet, context);
  const obstacle = await obstacleOf(fleet, compiled, context);
  if (obstacle !== undefined) {
    if (options.json === true)
      context.out(`${JSON.stringify(toJson({ results: [], waiting: [] }, compiled, options), null, 2)}\n`);
    else context.err(obstacle);
    return compiled.mismatches.length > 0 ? exitCodes.failure : exitCodes.problems;
  }
  const { publishFleet } = await import('./publish-fleet.ts');
  const result = await publishFleet(fleet, compiled, options, context);
  const blocked = result.results.some(({ outcome }) => outcome === 'blocked');
  if (options.json === true) context.out(`${JSON.stringify(toJson(result, compiled, options), null, 2)}\n`);
  else tellPublished(result, fleet, options, context);
  return blocked ? exitCodes.problems : exitCodes.clean;
}

function checkPurpose(purpose: string | undefined): void {
  if (purpose !== undefined && !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(purpose))
    throw new UsageError(`--purpose ${purpose}: a purpose is one word of lower-case letters, digits and \`-\``);
}

/** Why there is nothing yet that could be published, in words. */
async function obstacleOf(fleet: string, compiled: RunResult, { palette }: CommandContext): Promise<string | undefined> {
  const { diagnostics, mismatches, plan } = compiled;
  if (mismatches.length > 0) return explainMismatches(fleet, compiled);
  if (hasErrors(diagnostics) || plan === undefined) {
    const told = diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic, palette)}\n\n`).join('');
    return `${told}${palette.error(countProblems(diagnostics))}; nothing was published\n`;
  }
  if (isEmpty(plan)) return undefined;
  const changes = [...plan.create, ...plan.update, ...plan.remove];
  const shown = changes.slice(0, 10).map((path) => `  ${path}\n`);
  const more = changes.length > shown.length ? `  … and ${changes.length - shown.length} more\n` : '';
  return `${palette.error('error')}: the generated files are not what the description says; nothing was published\n${shown.join('')}${more}  ${palette.strong('→')} run \`stowage compile\`\n`;
}

function toJson({ results, waiting }: PublishResult, { diagnostics, plan }: RunResult, { dryRun }: PublishOptions): unknown {
  const stale = plan === undefined || isEmpty(plan) ? [] : [...plan.create, ...plan.update, ...plan.remove];
  const ok = !hasErrors(diagnostics) && stale.length === 0 && results.every(({ outcome }) => outcome !== 'blocked');
  return {
    command: 'publish',
    ok,
    dryRun: dryRun === true,
    stale,
    results,
    waiting,
    diagnostics: diagnostics.map(diagnosticToJson),
  };
}
