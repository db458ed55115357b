import { convention } from '../model/origin.ts';
import { type Tracked, track, trackAll } from '../model/tracked.ts';
import { portsOf } from '../resolve/address.ts';
import type { Dependency, ResolvedComponent } from '../resolve/resolved.ts';
import type { Expansion } from './expansion.ts';

const image = 'busybox:1.36.1';
const script =
  'for address in "$@"; do until nc -z -w 2 "${address%:*}" "${address##*:}"; do echo "waiting for $address"; sleep 2; done; done';
const nobody = 65534;

const because = convention('a component waits for those it refers to');

/** Waits until every port that the component is to find open is open. */
export function waitContainer(component: ResolvedComponent, expansion: Expansion): Tracked | undefined {
  const addresses = expansion.outgoing(component.key).flatMap((edge) => (edge.orders ? addressesOf(edge, expansion) : []));
  const [first] = addresses;
  if (first === undefined) return undefined;
  return trackAll(
    {
      name: 'wait-for-dependencies',
      image,
      command: ['sh', '-c', script, 'wait'],
      args: trackAll(addresses, first.origin),
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '32Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        runAsUser: nobody,
      },
    },
    because,
  );
}

function addressesOf(edge: Dependency, expansion: Expansion): Tracked<string>[] {
  const target = expansion.components.get(edge.to);
  if (target?.serviceName === undefined || !edge.network) return [];
  const open = portsOf(target.spec).filter((port) => port.expose && port.protocol === 'TCP');
  const named = open.filter((port) => edge.ports.includes(port.name));
  const awaited = named.length > 0 ? named : open.slice(0, 1);
  return awaited.map((port) => track<string>(`${target.serviceName}:${port.servicePort}`, edge.origin));
}
