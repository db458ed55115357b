import { compiler, schemas } from '../build-facts.ts';
import type { AssumedFacts } from '../compile/assume-facts.ts';
import { type ClusterOutcome, type WhatIf, whatIf } from '../compile/what-if.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { type CommandContext, type CommonOptions, countProblems, exitCodes, plural } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { checkSelection } from './fleet-names.ts';
import { parseAssumption } from './parse-assumption.ts';
import { type Selection, selector } from './selection.ts';

export interface WhatIfOptions extends CommonOptions, Selection {
  readonly whatIf: string;
}

/** What compiling would say and change if the clusters had other facts; writes nothing. */
export async function whatIfCommand(options: WhatIfOptions, context: CommandContext): Promise<number> {
  const assume = parseAssumption(options.whatIf);
  const fleet = fleetFolder(options, context);
  checkSelection(options, fleet);
  const gathered: Diagnostic[] = [];
  const files = gatherInputs(fleet, (diagnostic) => gathered.push(diagnostic));
  const found = await context.compute(() => whatIf(files, { compiler, schemas }, assume, selector(options)));
  const outcome = { ...found, diagnostics: sortDiagnostics([...gathered, ...found.diagnostics]) };
  const code = hasErrors(problemsOf(outcome)) ? exitCodes.problems : exitCodes.clean;
  if (options.json === true) context.out(`${JSON.stringify(toJson(assume, outcome, code), null, 2)}\n`);
  else tell(assume, outcome, options, context);
  return code;
}

function problemsOf({ clusters, diagnostics }: WhatIf): Diagnostic[] {
  return sortDiagnostics([...diagnostics, ...clusters.flatMap((cluster) => cluster.diagnostics)]);
}

/** The answer goes to standard output, problems included: they are what was asked for. */
function tell(assume: AssumedFacts, outcome: WhatIf, { quiet }: WhatIfOptions, { out, err, palette }: CommandContext): void {
  for (const diagnostic of outcome.diagnostics) out(`${formatDiagnostic(diagnostic, palette)}\n\n`);
  for (const cluster of outcome.clusters) {
    if (quiet === true && cluster.diagnostics.length === 0) continue;
    out(
      `${palette.strong(`cluster ${cluster.name}`)}, ${versionOf(cluster, assume)} (${cluster.environments.join(', ')})\n${cluster.diagnostics.length === 0 ? '' : '\n'}`,
    );
    for (const diagnostic of cluster.diagnostics) out(`${formatDiagnostic(diagnostic, palette)}\n\n`);
    for (const change of changesOf(cluster)) out(`  ${change}\n`);
    out(`  ${summaryOf(cluster)}\n\n`);
  }
  const problems = problemsOf(outcome);
  if (hasErrors(problems)) err(`${palette.error(countProblems(problems))} with Kubernetes ${assume.kubernetes}\n`);
  else if (problems.length > 0) err(`${palette.warning(countProblems(problems))} with Kubernetes ${assume.kubernetes}\n`);
}

function versionOf({ kubernetes }: ClusterOutcome, assume: AssumedFacts): string {
  return `Kubernetes ${assume.kubernetes}${kubernetes === assume.kubernetes ? ' as it is' : ` in place of ${kubernetes}`}`;
}

function changesOf({ files }: ClusterOutcome): string[] {
  if (files === undefined) return [];
  const changes = [
    ...files.created.map((path) => `create ${path}`),
    ...files.updated.map((path) => `update ${path}`),
    ...files.removed.map((path) => `remove ${path}`),
  ];
  return changes.length > 40 ? [...changes.slice(0, 40), `… and ${changes.length - 40} more`] : changes;
}

function summaryOf({ files, diagnostics }: ClusterOutcome): string {
  const problems = diagnostics.length === 0 ? 'no problems' : countProblems(diagnostics);
  if (files === undefined) return `${problems}; with errors there are no files to compare`;
  const differing = files.created.length + files.updated.length + files.removed.length;
  return `${problems}; ${differing} of ${plural(differing + files.unchanged, 'generated file')} would differ`;
}

function toJson(assume: AssumedFacts, { clusters, diagnostics }: WhatIf, code: number): unknown {
  return {
    command: 'compile',
    ok: code === exitCodes.clean,
    whatIf: assume,
    clusters: clusters.map((cluster) => ({
      name: cluster.name,
      kubernetes: cluster.kubernetes ?? null,
      environments: cluster.environments,
      files: cluster.files ?? null,
      diagnostics: cluster.diagnostics.map(diagnosticToJson),
    })),
    diagnostics: diagnostics.map(diagnosticToJson),
  };
}
