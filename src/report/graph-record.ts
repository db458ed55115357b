import type { CompiledSystem } from '../compile/compile-system.ts';
import { systemGraph } from '../graph/system-graph.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import { convention, type Origin } from '../model/origin.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import type { OriginTable } from './origin-table.ts';
import type { GraphEdgeRecord, GraphNodeRecord, GraphRecord } from './report.ts';
import { shownId } from './shown-id.ts';

/** The graph of a system with what a person asks of it: the objects, the lines, and who gets in and out. */
export function graphRecord({ resolved, desired }: CompiledSystem, table: OriginTable): GraphRecord {
  const { nodes, edges } = systemGraph(resolved, desired);
  const components = new Map(resolved.components.map((component) => [component.key, component]));
  return {
    nodes: nodes.map(({ component: key, state, workload, wave, host }): GraphNodeRecord => {
      const component = components.get(key);
      const own = desired.filter((object) => object.component === key);
      const first = own.findIndex(({ kind, name }) => kind === workload && name === component?.name);
      const sorted = first < 0 ? own : [own[first] as DesiredObject, ...own.filter((_, index) => index !== first)];
      return {
        ...{ component: key, state, workload, wave: wave ?? null, host: host ?? null },
        exposed: own.flatMap(exposedBy),
        cidrs: component?.external === undefined ? own.flatMap(cidrsOf) : [...component.external.cidrs],
        objects: sorted.map((object) => shownId(object, desired)),
        origin: table.add(atKey(component?.spec.origin ?? convention('a component'))),
      };
    }),
    edges: edges.map((edge): GraphEdgeRecord => ({ ...edge, origin: originOf(edge, resolved, table) })),
  };
}

/** A component is said where its name stands, not where the first of its fields does. */
function atKey(origin: Origin): Origin {
  return origin.kind === 'spec' && origin.key !== undefined ? { ...origin, place: origin.key } : origin;
}

function originOf(edge: { readonly from: string; readonly to: string }, system: ResolvedSystem, table: OriginTable) {
  const found = system.dependencies.find(({ from, to }) => from === edge.from && to === edge.to);
  return found === undefined ? null : table.add(found.origin);
}

function exposedBy({ kind, plain }: DesiredObject): string[] {
  if (kind !== 'Ingress') return [];
  return asList(asMap(plain.spec)?.rules).flatMap((rule) =>
    asList(asMap(rule.http)?.paths).map((path) => `${String(rule.host ?? '*')}${String(path.path ?? '/')}`),
  );
}

function cidrsOf({ kind, plain }: DesiredObject): string[] {
  if (kind !== 'NetworkPolicy') return [];
  const rules = asList(asMap(plain.spec)?.egress);
  return [...new Set(rules.flatMap((rule) => asList(rule.to).flatMap((to) => asMap(to.ipBlock)?.cidr ?? [])).map(String))];
}
