import { workloadKind } from '../expand/workload-fields.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { portsOf } from '../resolve/address.ts';
import { mentionsOf } from '../resolve/mentions.ts';
import type { ComponentState, ResolvedComponent, ResolvedSystem } from '../resolve/resolved.ts';

/** Who depends on whom in one system in one environment, as plain data. */
export interface SystemGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly component: string;
  readonly state: ComponentState;
  readonly workload: string;
  /** When it starts; what is off or outside never does, and what another component creates whenever that one likes. */
  readonly wave: number | undefined;
  /** Of what is outside. */
  readonly host: string | undefined;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  /** Whether `from` starts after `to`. */
  readonly orders: boolean;
  /** Whether the network is opened from the one to the other. */
  readonly network: boolean;
  /** `false`: one of the two is off, and this would be an edge. */
  readonly active: boolean;
}

export function systemGraph(system: ResolvedSystem, objects: readonly DesiredObject[]): SystemGraph {
  const components = new Map(system.components.map((component) => [component.key, component]));
  const nodes = system.components.map((component) => ({
    component: component.key,
    state: component.state,
    workload: creatorOf(component) === undefined ? workloadKind(component) : `created by ${creatorOf(component)}`,
    wave: component.state === 'on' && creatorOf(component) === undefined ? waveOf(component, objects) : undefined,
    host: component.external?.host,
  }));
  const edges = system.dependencies.map(({ from, to, ports, orders, network }) => ({
    from,
    to,
    ports: network ? portsAt(components.get(to), ports) : [],
    orders,
    network,
    active: true,
  }));
  return { nodes, edges: [...edges, ...system.components.flatMap((component) => sleepingEdges(component, components))] };
}

/** Of pods that come at run time. */
function creatorOf(component: ResolvedComponent): string | undefined {
  return component.spec.value.createdBy?.value.component.value;
}

/** As the objects say it in the end: a patch may have moved it. */
function waveOf(component: ResolvedComponent, objects: readonly DesiredObject[]): number {
  const workload = objects.find(
    ({ component: key, kind, name }) => key === component.key && kind === workloadKind(component) && name === component.name,
  );
  const annotations = asMap(asMap(workload?.plain.metadata)?.annotations);
  return Number(annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

/** The ports that are named, or all of them. */
function portsAt(target: ResolvedComponent | undefined, names: readonly string[]): { name: string; port: number }[] {
  if (target === undefined) return [];
  const { external } = target;
  const known =
    external === undefined
      ? portsOf(target.spec).map(({ name, servicePort }): [string, number] => [name, servicePort])
      : [
          ...(external.ports.size > 0 && names.length === 0
            ? external.ports
            : new Map([...external.usualPorts, ...external.ports])),
        ];
  return known.filter(([name]) => names.length === 0 || names.includes(name)).map(([name, port]) => ({ name, port }));
}

/** What `needs` and `talksTo` say of a component that is off, or what one that is off says of others. */
function sleepingEdges(component: ResolvedComponent, components: ReadonlyMap<string, ResolvedComponent>): GraphEdge[] {
  if (component.state === 'external') return [];
  return mentionsOf(component)
    .map(({ name, orders }) => ({ to: name.value as string, orders }))
    .filter(({ to }) => components.has(to) && (component.state === 'off' || components.get(to)?.state === 'off'))
    .map(({ to, orders }) => ({ from: component.key, to, ports: [], orders, network: true, active: false }));
}
