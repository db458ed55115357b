import type { DesiredObject } from '../model/desired-object.ts';
import { childOf, reshape, type Tracked, untrack } from '../model/tracked.ts';
import { type PortDefinition, portsOf, saidProtocol } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, selectorLabels } from './expansion.ts';

/** The Service over a component's ports; for a StatefulSet the headless one that names its pods; and further ones. */
export function services(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  return [...mainServices(component, expansion), ...furtherServices(component, expansion)];
}

function furtherServices(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const written = mapOf(component.spec.value.services as Tracked | undefined);
  const ports = portsOf(component.spec);
  return [...component.furtherServices].flatMap(([word, name]) => {
    const fields = mapOf(written[word]);
    const named = fields.ports === undefined ? undefined : (untrack(fields.ports) as string[]);
    const offered = ports.filter((port) => (named === undefined ? port.expose : named.includes(port.name)));
    return [
      desiredObject(
        {
          ...{ apiVersion: 'v1', kind: 'Service', topic: component.key },
          ...{ name, named: fields.name, component, annotations: mapOf(fields.annotations) },
        },
        {
          spec: {
            type: fields.type,
            clusterIP: fields.headless?.value === true ? 'None' : undefined,
            publishNotReadyAddresses: fields.publishNotReadyAddresses,
            selector: selectorLabels(component, expansion.system),
            // Node ports are those of `service`: no two Services can have the same.
            ports: servicePorts(offered, false),
          },
        },
        expansion.system,
        written[word]?.origin,
      ),
    ];
  });
}

function mainServices(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const { serviceName, peersName } = component;
  const written = component.spec.value.service as Tracked | undefined;
  const fields = mapOf(written);
  const ports = portsOf(component.spec).filter((port) => port.expose);
  const selector = selectorLabels(component, expansion.system);
  const headless = fields.headless?.value === true;
  const object = (
    name: string,
    named: Tracked | undefined,
    spec: Record<string, unknown>,
    annotations: Record<string, unknown>,
  ) =>
    desiredObject(
      { apiVersion: 'v1', kind: 'Service', name, named, component, topic: component.key, annotations },
      { spec },
      expansion.system,
      written?.origin,
    );
  const main = (name: string) =>
    object(
      name,
      fields.name,
      {
        type: fields.type,
        clusterIP: headless ? 'None' : undefined,
        publishNotReadyAddresses: fields.publishNotReadyAddresses,
        sessionAffinity: fields.sessionAffinity,
        externalTrafficPolicy: fields.externalTrafficPolicy,
        loadBalancerSourceRanges: fields.loadBalancerSourceRanges,
        selector,
        ports: servicePorts(ports, fields.type?.value !== undefined && fields.type.value !== 'ClusterIP'),
      },
      mapOf(fields.annotations),
    );
  const besides = (name: string) => {
    // Peers find each other before they are ready, or none would ever become so.
    const publish = childOf(fields.peers, 'publishNotReadyAddresses') ?? true;
    return object(
      name,
      childOf(fields.peers, 'name'),
      {
        clusterIP: 'None',
        publishNotReadyAddresses: publish,
        selector,
        ports: servicePorts(portsOf(component.spec), false),
      },
      {},
    );
  };
  return [
    ...(serviceName === undefined ? [] : [main(serviceName)]),
    ...(peersName === undefined || peersName === serviceName ? [] : [besides(peersName)]),
  ];
}

function servicePorts(ports: readonly PortDefinition[], published: boolean): unknown[] {
  return ports.map((port) =>
    reshape(port.tracked, {
      name: port.name,
      port: port.servicePort,
      targetPort: port.name,
      protocol: saidProtocol(port, ports, 'servicePort'),
      nodePort: published ? childOf(port.tracked, 'nodePort') : undefined,
    }),
  );
}
