import type { DesiredObject } from '../model/desired-object.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import { type PortDefinition, portsOf } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, selectorLabels } from './expansion.ts';

/** The Service over a component's ports and, for a StatefulSet, the headless one that names its pods. */
export function services(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const { serviceName, peersName } = component;
  if (serviceName === undefined) return [];
  const written = component.spec.value.service as Tracked | undefined;
  const fields = mapOf(written);
  const ports = portsOf(component.spec).filter((port) => port.expose);
  const selector = selectorLabels(component, expansion.system);
  const headless = fields.headless?.value === true;
  const object = (name: string, spec: Record<string, unknown>, annotations: Record<string, unknown>) =>
    desiredObject(
      { apiVersion: 'v1', kind: 'Service', name, component, topic: component.key, annotations },
      { spec },
      expansion.system,
      written?.origin,
    );
  const main = object(
    serviceName,
    {
      type: fields.type,
      clusterIP: headless ? 'None' : undefined,
      publishNotReadyAddresses: fields.publishNotReadyAddresses,
      sessionAffinity: fields.sessionAffinity,
      externalTrafficPolicy: fields.externalTrafficPolicy,
      loadBalancerSourceRanges: fields.loadBalancerSourceRanges,
      selector,
      ports: ports.map((port) => servicePort(port, fields.type?.value !== undefined && fields.type.value !== 'ClusterIP')),
    },
    mapOf(fields.annotations),
  );
  if (peersName === undefined || peersName === serviceName) return [main];
  // Peers find each other before they are ready, or none would ever become so.
  const publish = childOf(fields.peers, 'publishNotReadyAddresses') ?? true;
  const peers = object(
    peersName,
    {
      clusterIP: 'None',
      publishNotReadyAddresses: publish,
      selector,
      ports: portsOf(component.spec).map((port) => servicePort(port, false)),
    },
    {},
  );
  return [main, peers];
}

function servicePort(port: PortDefinition, published: boolean): unknown {
  return {
    name: port.name,
    port: { value: port.servicePort, origin: port.tracked.origin },
    targetPort: port.name,
    protocol: port.protocol === 'TCP' ? undefined : port.protocol,
    nodePort: published ? port.nodePort : undefined,
  };
}
