import { convention, type Origin } from '../model/origin.ts';
import { track } from '../model/tracked.ts';
import { portsOf } from '../resolve/address.ts';
import type { Dependency, ResolvedComponent } from '../resolve/resolved.ts';
import type { Expansion } from './expansion.ts';

const image = 'busybox:1.36.1';
const script =
  'for address in "$@"; do until nc -z -w 2 "${address%:*}" "${address##*:}"; do echo "waiting for $address"; sleep 2; done; done';
const nobody = 65534;

/** Waits until every port that the component is to find open is open. */
export function waitContainer(component: ResolvedComponent, expansion: Expansion): Record<string, unknown> | undefined {
  const addresses = expansion.outgoing(component.key).flatMap((edge) => (edge.orders ? addressesOf(edge, expansion) : []));
  if (addresses.length === 0) return undefined;
  const origin: Origin = convention('a component waits for those it refers to');
  return {
    name: 'wait-for-dependencies',
    image: track<string>(image, origin),
    command: ['sh', '-c', script, 'wait'],
    args: addresses,
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '32Mi' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: nobody },
  };
}

function addressesOf(edge: Dependency, expansion: Expansion): unknown[] {
  const target = expansion.components.get(edge.to);
  if (target?.serviceName === undefined || !edge.network) return [];
  const open = portsOf(target.spec).filter((port) => port.expose && port.protocol === 'TCP');
  const named = open.filter((port) => edge.ports.includes(port.name));
  const awaited = named.length > 0 ? named : open.slice(0, 1);
  return awaited.map((port) => ({ value: `${target.serviceName}:${port.servicePort}`, origin: edge.origin }));
}
