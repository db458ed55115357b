import { schemas } from '../build-facts.ts';
import { diagnosticToJson, formatDiagnostic, plainPalette } from '../diagnostics/format-diagnostic.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { Plan } from '../plan/plan.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { printHazards, printPlan } from '../plan/print-plan.ts';
import { printPlanMarkdown } from '../plan/print-plan-markdown.ts';
import { type CommandContext, exitCodes } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { comparisonOf } from './plan-comparison.ts';
import type { PlanOptions } from './plan-options.ts';
import { workingTree } from './plan-sources.ts';
import { type Obstacle, renderComparison } from './plan-states.ts';

/** What would change in the rendered objects on the way from one state to another. */
export async function planCommand(options: PlanOptions, context: CommandContext): Promise<number> {
  const comparison = comparisonOf(options);
  const fleet = fleetFolder(options, context);
  const states = await renderComparison(comparison, fleet, options, context);
  if ('obstacles' in states) return tellObstacles(states.obstacles, options, context);
  const { before, after, sideBySide, notes } = states;
  const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  const plan = planChanges(before, after, { schemas: newest, sideBySide });
  const code = plan.changes.length + plan.hazards.length + plan.unrendered.length > 0 ? exitCodes.problems : exitCodes.clean;
  if (options.json === true) context.out(`${JSON.stringify(toJson(plan, code), null, 2)}\n`);
  else tell(plan, notes, options, context);
  return code;
}

function tell(plan: Plan, notes: readonly string[], options: PlanOptions, { out, err, palette }: CommandContext): void {
  // The plan goes to standard output, and colours only to a terminal.
  const shown = process.stdout.isTTY === true ? palette : plainPalette;
  if (options.quiet !== true) for (const note of notes) err(`${note}\n`);
  if (options.markdown === true) out(printPlanMarkdown(plan));
  else out(options.quiet === true ? printHazards(plan, shown) : printPlan(plan, shown));
}

function tellObstacles(obstacles: readonly Obstacle[], options: PlanOptions, { out, err, palette }: CommandContext): number {
  if (options.json === true) {
    const problems = obstacles.map(({ state, diagnostics }) => ({ state, diagnostics: diagnostics.map(diagnosticToJson) }));
    out(`${JSON.stringify({ command: 'plan', ok: false, plan: null, problems }, null, 2)}\n`);
    return exitCodes.problems;
  }
  for (const { state, diagnostics } of obstacles) {
    for (const diagnostic of diagnostics) err(`${formatDiagnostic(diagnostic, palette)}\n\n`);
    err(`${palette.error(`${state} does not compile`)}, so there is nothing to compare\n`);
  }
  if (obstacles.every(({ state }) => state !== workingTree))
    err(`  ${palette.strong('→')} --from and --to take other states: another commit, or what is published\n`);
  return exitCodes.problems;
}

function toJson(plan: Plan, code: number): unknown {
  return { command: 'plan', ok: code === exitCodes.clean, plan, problems: [] };
}
