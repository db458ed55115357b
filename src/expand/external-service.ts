import type { DesiredObject } from '../model/desired-object.ts';
import { childOf } from '../model/tracked.ts';
import type { Dependency, ExternalAddress, ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, waveAnnotation } from './expansion.ts';

/** A name in the cluster for an IP address outside: a Service without selector, and the EndpointSlice that it lacks. */
export function externalService(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const { external } = component;
  if (external?.bridge === undefined) return [];
  const { service, address } = external.bridge;
  const written = childOf(component.spec, 'external');
  const origin = (written ?? component.spec).origin;
  const addressOrigin = (childOf(written, 'address') ?? component.spec).origin;
  const ports = portsOf(external, expansion.incoming(component.key)).map(([name, port]) => ({
    name,
    protocol: external.protocols.get(name),
    port,
  }));
  const annotations = waveAnnotation(-1);
  return [
    desiredObject(
      { apiVersion: 'v1', kind: 'Service', name: service, component, topic: component.key, annotations },
      { spec: { ports } },
      expansion.system,
      origin,
    ),
    desiredObject(
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        name: service,
        component,
        topic: component.key,
        annotations,
        labels: { 'kubernetes.io/service-name': service, 'endpointslice.kubernetes.io/managed-by': 'stowage' },
      },
      {
        addressType: address.includes(':') ? 'IPv6' : 'IPv4',
        // Ready is what is meant by leaving it out as well, but then the server keeps conditions that nobody declared.
        endpoints: [{ addresses: [{ value: address, origin: addressOrigin }], conditions: { ready: true } }],
        ports,
      },
      expansion.system,
      origin,
    ),
  ];
}

/** The ports that the address gives, or else the component's own; and those that somebody asks for by name. */
function portsOf({ ports, usualPorts }: ExternalAddress, edges: readonly Dependency[]): [string, number][] {
  const asked = new Set(edges.flatMap((edge) => edge.ports));
  const usual = [...usualPorts].filter(([name]) => ports.size === 0 || (asked.has(name) && !ports.has(name)));
  return [...ports, ...usual];
}
