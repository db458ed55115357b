import { compiler, schemas } from '../build-facts.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { type RunResult, run } from '../run.ts';
import { listGenerated } from '../store/list-generated.ts';
import { isEmpty } from '../store/plan-writes.ts';
import { type CommandContext, type CommonOptions, countProblems, exitCodes, plural, UsageError } from './command-context.ts';
import { explainMismatches, mismatchToJson } from './explain-mismatches.ts';
import { fleetFolder } from './fleet-folder.ts';
import { checkSelection } from './fleet-names.ts';
import { type Selection, selector } from './selection.ts';

const stale = 'the generated files are not what the description says; run `stowage compile`\n';

export interface CompileOptions extends CommonOptions, Selection {
  readonly check?: boolean;
  readonly strict?: boolean;
  readonly verify?: boolean;
  readonly overwrite?: readonly string[];
  readonly whatIf?: string;
  readonly mergeDriver?: readonly string[];
}

export async function compileCommand(options: CompileOptions, context: CommandContext): Promise<number> {
  const { whatIf } = options;
  if (options.mergeDriver !== undefined) return (await import('./merge-driver.ts')).mergeDriver(options.mergeDriver, context);
  if (whatIf !== undefined) return (await import('./what-if-command.ts')).whatIfCommand({ ...options, whatIf }, context);
  return runCommand(options.check === true ? 'check' : 'write', options, context);
}

export function verifyCommand(options: CommonOptions & Selection, context: CommandContext): Promise<number> {
  return runCommand('verify', options, context);
}

async function runCommand(mode: 'write' | 'check' | 'verify', options: CompileOptions, context: CommandContext): Promise<number> {
  const fleet = fleetFolder(options, context);
  checkSelection(options, fleet);
  const overwrite = (options.overwrite ?? []).map(fromFleet);
  checkOverwrite(overwrite, fleet);
  const result = await run({
    fleet,
    mode,
    verify: options.verify !== false,
    overwrite,
    strict: options.strict === true,
    selected: selector(options),
    options: { compiler, schemas },
    environment: context.environment,
    signal: context.signal,
    compute: context.compute,
    onProgress: progress(options, context),
  });
  const problems = hasErrors(result.diagnostics);
  const differs = mode !== 'write' && result.plan !== undefined && !isEmpty(result.plan);
  const code = result.mismatches.length > 0 ? exitCodes.failure : problems || differs ? exitCodes.problems : exitCodes.clean;
  if (options.json === true) context.out(`${JSON.stringify(toJson(mode, result, code), null, 2)}\n`);
  else await tell(mode, fleet, result, options, context);
  return code;
}

/** As shells complete it. */
function fromFleet(path: string): string {
  return path.replace(/^(\.\/+)+/, '');
}

/** What is named for overwriting and is not there would be left alone without a word. */
function checkOverwrite(paths: readonly string[], fleet: string): void {
  if (paths.length === 0) return;
  const { files: present } = listGenerated(fleet);
  for (const path of paths) {
    if (present.has(path)) continue;
    const meant = suggest(path, [...present]);
    throw new UsageError(
      `--overwrite ${path}: there is no such file among the generated ones`,
      meant === undefined ? "paths begin at the fleet's folder, with base/, overlays/ or argocd/" : `did you mean \`${meant}\`?`,
    );
  }
}

/** On a terminal one line that is drawn anew; piped, a line at the start. */
function progress(options: CompileOptions, { interactive, err }: CommandContext): (done: number, all: number) => void {
  let told = false;
  return (done, all) => {
    if (options.quiet === true || options.json === true || all < 2) return;
    if (interactive) err(done === all ? '\r\u001b[K' : `\rverifying ${done}/${all}`);
    else if (!told) err(`verifying ${plural(all, 'overlay')}\n`);
    told = true;
  };
}

async function tell(
  mode: 'write' | 'check' | 'verify',
  fleet: string,
  result: RunResult,
  options: CompileOptions,
  { out, err, palette }: CommandContext,
): Promise<void> {
  for (const diagnostic of result.diagnostics) err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
  if (result.mismatches.length > 0) {
    err(await explainMismatches(fleet, result));
    return;
  }
  const { plan } = result;
  if (hasErrors(result.diagnostics) || plan === undefined) {
    err(`${palette.error(countProblems(result.diagnostics))}; nothing was written\n`);
    return;
  }
  const isStale = mode !== 'write' && !isEmpty(plan);
  if (options.quiet === true) {
    if (isStale) err(stale);
    return;
  }
  const changes = [
    ...plan.create.map((path) => `  create ${path}`),
    ...plan.update.map((path) => `  update ${path}`),
    ...plan.remove.map((path) => `  remove ${path}`),
  ];
  const shown = changes.length > 40 ? [...changes.slice(0, 40), `  … and ${changes.length - 40} more`] : changes;
  if (shown.length > 0) out(`${shown.join('\n')}\n`);
  if (plan.foreign.length > 0)
    out(
      `kept ${plural(plan.foreign.length, 'file')} that Stowage did not write: ${plan.foreign.slice(0, 5).join(', ')}${plan.foreign.length > 5 ? ', …' : ''}\n`,
    );
  const verified =
    result.kustomize === undefined
      ? 'not verified'
      : `${result.verified} verified with ${result.kustomize.source}${result.alreadyProven > 0 ? `, ${result.alreadyProven} proven before` : ''}`;
  const written =
    mode === 'write'
      ? result.written
        ? `${changes.length} written, `
        : 'nothing to write, '
      : changes.length > 0
        ? `${changes.length} would change, `
        : 'up to date, ';
  out(
    `${palette.strong(`${plural(result.overlays, 'overlay')} in ${plural(result.environments, 'environment')}`)}: ${written}${plan.unchanged} unchanged, ${verified}\n`,
  );
  if (isStale) err(stale);
  const warnings = countProblems(result.diagnostics);
  if (warnings !== '') err(`${palette.warning(warnings)}\n`);
}

function toJson(mode: string, result: RunResult, code: number): unknown {
  const { plan } = result;
  return {
    command: mode === 'verify' ? 'verify' : 'compile',
    ok: code === exitCodes.clean,
    written: result.written,
    files:
      plan === undefined
        ? null
        : { created: plan.create, updated: plan.update, removed: plan.remove, unchanged: plan.unchanged, foreign: plan.foreign },
    environments: result.environments,
    overlays: result.overlays,
    verification:
      result.kustomize === undefined
        ? null
        : {
            verified: result.verified,
            provenBefore: result.alreadyProven,
            with: result.kustomize.source,
            mismatches: result.mismatches.map(mismatchToJson),
          },
    diagnostics: result.diagnostics.map(diagnosticToJson),
  };
}
