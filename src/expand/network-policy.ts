import type { DesiredObject } from '../model/desired-object.ts';
import type { Origin } from '../model/origin.ts';
import { convention } from '../model/origin.ts';
import { itemsOf, type Tracked, trackAll, untrack } from '../model/tracked.ts';
import { ingressPort, portsOf } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import type { Dependency, ExternalAddress, ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, selectorLabels } from './expansion.ts';
import { hasPermissions } from './pod.ts';
import { metricsPort } from './service-monitor.ts';

const apiVersion = 'networking.k8s.io/v1';
const kind = 'NetworkPolicy';
const anywhere = '0.0.0.0/0';
const dns = trackAll(
  { ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })) },
  convention('names can always be resolved'),
);

/**
 * What the edges to and from a component open, and nothing else: a pod that a policy selects for both
 * directions is denied all that no rule allows. Names can always be resolved.
 */
export function networkPolicy(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const { network } = component.spec.value;
  const ingress = [
    ...ingressController(component, expansion),
    ...published(component),
    ...scraper(component),
    ...peers(component, expansion, 'from'),
    ...expansion.incoming(component.key).flatMap((edge) => clientRule(edge, expansion)),
    ...itemsOf(network?.value.ingress as Tracked<unknown[]> | undefined),
  ];
  const egress = [
    dns,
    ...peers(component, expansion, 'to'),
    ...apiServer(component),
    ...expansion.outgoing(component.key).flatMap((edge) => targetRule(edge, expansion)),
    ...itemsOf(network?.value.egress as Tracked<unknown[]> | undefined),
  ];
  const spec = {
    podSelector: podSelector(component, expansion),
    policyTypes: ['Ingress', 'Egress'],
    ingress: ingress.length > 0 ? ingress : undefined,
    egress,
  };
  return [desiredObject({ apiVersion, kind, name: component.name, component, topic: component.key }, { spec }, expansion.system)];
}

function podsOf(component: ResolvedComponent, expansion: Expansion): unknown {
  return { podSelector: podSelector(component, expansion) };
}

/** Our own labels, or what tells the pods that another component creates. */
function podSelector(component: ResolvedComponent, expansion: Expansion): unknown {
  const created = component.spec.value.createdBy?.value.podSelector;
  return created ?? { matchLabels: selectorLabels(component, expansion.system) };
}

/** Policies see the port of the pod, not that of the Service. */
function policyPorts(component: ResolvedComponent, names: readonly string[], origin: Origin): unknown[] | undefined {
  const ports = portsOf(component.spec).filter((port) => names.length === 0 || names.includes(port.name));
  return ports.length === 0
    ? undefined
    : ports.map((port) => ({
        protocol: port.protocol === 'TCP' ? undefined : port.protocol,
        port: { value: port.port, origin },
      }));
}

function clientRule(edge: Dependency, expansion: Expansion): unknown[] {
  const [client, target] = [expansion.components.get(edge.from), expansion.components.get(edge.to)];
  if (client === undefined || target?.state !== 'on' || !edge.network) return [];
  return [trackAll({ from: [podsOf(client, expansion)], ports: policyPorts(target, edge.ports, edge.origin) }, edge.origin)];
}

function targetRule(edge: Dependency, expansion: Expansion): unknown[] {
  const target = expansion.components.get(edge.to);
  if (target === undefined || target.state === 'off' || !edge.network) return [];
  if (target.external === undefined)
    return [trackAll({ to: [podsOf(target, expansion)], ports: policyPorts(target, edge.ports, edge.origin) }, edge.origin)];
  const { origin } = target.spec.value.external ?? target.spec;
  const cidrs = target.external.cidrs.length > 0 ? target.external.cidrs : [anywhere];
  const ports = externalPorts(target.external, edge.ports).map(({ protocol, port }) => ({
    protocol,
    port: { value: port, origin },
  }));
  return [trackAll({ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: ports.length > 0 ? ports : undefined }, origin)];
}

interface ExternalPort {
  readonly protocol: string | undefined;
  readonly port: number;
}

/** The ports that an edge names; else those that the address gives; else the component's usual ones. */
function externalPorts({ ports, usualPorts, protocols }: ExternalAddress, named: readonly string[]): ExternalPort[] {
  const known = named.length > 0 ? new Map([...usualPorts, ...ports]) : ports.size > 0 ? ports : usualPorts;
  const chosen = named.length > 0 ? named.filter((name) => known.has(name)) : [...known.keys()];
  const opened = chosen.map((name): ExternalPort => ({ protocol: protocols.get(name), port: known.get(name) as number }));
  return [...new Map(opened.map((one) => [`${one.protocol} ${one.port}`, one])).values()];
}

/** Pods of a StatefulSet that know each other by name form a cluster among themselves. */
function peers(component: ResolvedComponent, expansion: Expansion, direction: 'from' | 'to'): unknown[] {
  return component.peersName === undefined ? [] : [{ [direction]: [podsOf(component, expansion)] }];
}

function ingressController(component: ResolvedComponent, expansion: Expansion): unknown[] {
  const { ingress } = component.spec.value;
  if (!component.ingressOn || ingress === undefined) return [];
  const namespace = expansion.system.cluster.ingressNamespace(ingress.value.className?.value);
  const port = ingressPort(component.spec);
  return [
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
      ports: policyPorts(component, port === undefined ? [] : [port.name], ingress.origin),
    },
  ];
}

/** A Service that is published outside the cluster is reached from anywhere. */
function published(component: ResolvedComponent): unknown[] {
  const { service, services } = component.spec.value;
  const exposed = portsOf(component.spec)
    .filter((port) => port.expose)
    .map((port) => port.name);
  return [service as Tracked | undefined, ...Object.values(mapOf(services as Tracked | undefined))].flatMap((one) => {
    const { type, ports } = mapOf(one);
    if (type === undefined || type.value === 'ClusterIP') return [];
    return [{ ports: policyPorts(component, ports === undefined ? exposed : (untrack(ports) as string[]), type.origin) }];
  });
}

function scraper(component: ResolvedComponent): unknown[] {
  const { metrics } = component.spec.value;
  const port = metricsPort(component);
  if (metrics === undefined || port === undefined) return [];
  return [{ from: [{ namespaceSelector: {} }], ports: policyPorts(component, [port.name], metrics.origin) }];
}

function apiServer(component: ResolvedComponent): unknown[] {
  if (!hasPermissions(component)) return [];
  const origin = convention('a component with permissions talks to the API server');
  return [{ ports: [443, 6443].map((port) => ({ port: { value: port, origin } })) }];
}
