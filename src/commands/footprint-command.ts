import { compiler, schemas } from '../build-facts.ts';
import { compile } from '../compile/compile.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { excessOver, writeAmounts } from '../footprint/amounts.ts';
import { type ClusterFootprint, type DeployedFootprint, fleetFootprint } from '../footprint/fleet-footprint.ts';
import type { Footprint, Share } from '../footprint/footprint.ts';
import { overlayFolder } from '../model/output-paths.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { type CommandContext, type CommonOptions, exitCodes } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { checkSelection } from './fleet-names.ts';
import { footprintTable } from './footprint-table.ts';
import type { Selection } from './selection.ts';

const tooMuch = new Set(['over-budget', 'over-capacity', 'scale-beyond-capacity']);

/** What environments request and are limited to, against budgets and capacity. */
export async function footprintCommand(options: CommonOptions & Selection, context: CommandContext): Promise<number> {
  const fleet = fleetFolder(options, context);
  checkSelection(options, fleet);
  const gathered: Diagnostic[] = [];
  const deployed: DeployedFootprint[] = [];
  const files = gatherInputs(fleet, (diagnostic) => gathered.push(diagnostic));
  const { diagnostics } = await context.compute(() =>
    compile(files, {
      compiler,
      schemas,
      inspect: {
        wants: () => true,
        see: (environment, { resolved, footprints, allowance }) =>
          deployed.push({
            cluster: resolved.cluster.name ?? '',
            environment,
            system: resolved.name,
            components: footprints,
            allowance: allowance(),
          }),
      },
    }),
  );
  // Where something does not compile, a sum would leave it out.
  const broken = [...gathered, ...diagnostics].filter(({ code, severity }) => severity === 'error' && !tooMuch.has(code));
  if (broken.length > 0) {
    for (const diagnostic of broken) context.err(`${formatDiagnostic(diagnostic, context.palette)}\n\n`);
    return exitCodes.problems;
  }
  const clusters = select(fleetFootprint(deployed), options);
  const listed = new Set(clusters.flatMap(overlaysOf));
  const problems = diagnostics.filter(({ code, overlays }) => tooMuch.has(code) && overlays?.some((name) => listed.has(name)));
  const code = hasErrors(problems) ? exitCodes.problems : exitCodes.clean;
  if (options.json === true) {
    const document = {
      command: 'footprint',
      ok: code === exitCodes.clean,
      clusters: clusters.map(clusterToJson),
      diagnostics: problems.map(diagnosticToJson),
    };
    context.out(`${JSON.stringify(document, null, 2)}\n`);
    return code;
  }
  if (options.quiet !== true) context.out(footprintTable(clusters));
  for (const diagnostic of problems) context.err(`\n${formatDiagnostic(diagnostic, context.palette)}\n`);
  return code;
}

/** What is not selected is not shown, and counts in the sums of its environment and its cluster. */
function select(clusters: readonly ClusterFootprint[], { environment, system }: Selection): ClusterFootprint[] {
  const wanted = (names: readonly string[] | undefined, name: string) => names === undefined || names.includes(name);
  return clusters
    .map((cluster) => ({
      ...cluster,
      environments: cluster.environments
        .filter(({ name }) => wanted(environment, name))
        .map((one) => ({ ...one, systems: one.systems.filter(({ name }) => wanted(system, name)) }))
        .filter(({ systems }) => systems.length > 0),
    }))
    .filter(({ environments }) => environments.length > 0);
}

function overlaysOf({ environments }: ClusterFootprint): string[] {
  return environments.flatMap(({ name, systems }) => systems.map((system) => overlayFolder(name, system.name)));
}

function clusterToJson({ name, allowed, footprint, environments }: ClusterFootprint): unknown {
  const bounded = (of: Pick<ClusterFootprint, 'allowed' | 'footprint'>, bound: string) => ({
    [bound]: writeAmounts(of.allowed),
    beyond: {
      minimum: writeAmounts(excessOver(of.footprint.minimum.requests, of.allowed)),
      maximum: writeAmounts(excessOver(of.footprint.maximum.requests, of.allowed)),
    },
    ...footprintToJson(of.footprint),
  });
  return {
    cluster: name,
    ...bounded({ allowed, footprint }, 'capacity'),
    environments: environments.map((environment) => ({
      environment: environment.name,
      ...bounded(environment, 'budget'),
      systems: environment.systems.map((system) => ({
        system: system.name,
        ...bounded(system, 'budget'),
        components: system.components.map(({ component, kinds, footprint: own }) => ({
          component: component ?? null,
          kinds,
          ...footprintToJson(own),
        })),
      })),
    })),
  };
}

function footprintToJson({ minimum, maximum, running, perNode }: Footprint): Record<string, unknown> {
  return { minimum: toJson(minimum), maximum: toJson(maximum), running: toJson(running), perNode: toJson(perNode) };
}

function toJson({ pods, requests, limits, unlimited }: Share): unknown {
  return { pods, requests: writeAmounts(requests), limits: writeAmounts(limits), unlimited };
}
