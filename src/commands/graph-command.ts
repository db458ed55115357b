import { printDot } from '../graph/print-dot.ts';
import { printMermaid } from '../graph/print-mermaid.ts';
import { type SystemGraph, systemGraph } from '../graph/system-graph.ts';
import { type CommandContext, type CommonOptions, exitCodes, UsageError } from './command-context.ts';
import { compileOne } from './compile-one.ts';
import { fleetFolder } from './fleet-folder.ts';

export interface GraphOptions extends CommonOptions {
  readonly format: 'mermaid' | 'dot' | 'json';
}

/** Who depends on whom in one system in one environment. */
export async function graphCommand(target: string, options: GraphOptions, context: CommandContext): Promise<number> {
  const [environment, system, ...rest] = target.split('/');
  if (!environment || !system || rest.length > 0)
    throw new UsageError(`\`${target}\` names no system`, 'write <environment>/<system>, as in prod-eu/fluss');
  const compiled = await compileOne(fleetFolder(options, context), environment, system, context);
  if (compiled === undefined) return exitCodes.problems;
  const graph = systemGraph(compiled.resolved, compiled.desired);
  context.out(
    options.json === true || options.format === 'json' ? toJson(environment, system, graph) : print(graph, target, options),
  );
  return exitCodes.clean;
}

function print(graph: SystemGraph, target: string, { format }: GraphOptions): string {
  return format === 'dot' ? printDot(graph, target) : printMermaid(graph);
}

function toJson(environment: string, system: string, { nodes, edges }: SystemGraph): string {
  const document = {
    command: 'graph',
    environment,
    system,
    nodes: nodes.map((node) => ({ ...node, wave: node.wave ?? null, host: node.host ?? null })),
    edges,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
