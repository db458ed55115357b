import { childOf, isTrackedMap, type Tracked } from '../model/tracked.ts';
import { mapOf } from './layers.ts';

/** Where a component can be reached and what it is called: the part of it that needs no evaluation. */
export interface ComponentIdentity {
  readonly key: string;
  readonly name: string;
  readonly serviceName: string | undefined;
  readonly peersName: string | undefined;
  /** Names of the further Services by their keys. */
  readonly furtherServices: ReadonlyMap<string, string>;
}

export function identifyComponent(key: string, raw: Tracked, prefix: string): ComponentIdentity {
  const name = String(childOf(raw, 'name')?.value ?? `${prefix}${key}`);
  const service = childOf(raw, 'service');
  const ports = childOf(raw, 'ports');
  const kind = childOf(raw, 'workload')?.value ?? 'Deployment';
  const reachable = isTrackedMap(ports) && kind !== 'Job' && kind !== 'CronJob';
  const further = reachable ? Object.entries(mapOf(childOf(raw, 'services'))) : [];
  const furtherServices = new Map(further.map(([word, one]) => [word, String(childOf(one, 'name')?.value ?? `${name}-${word}`)]));
  if (!reachable || service?.value === false) return { key, name, serviceName: undefined, peersName: undefined, furtherServices };
  const ownName = String(childOf(service, 'name')?.value ?? name);
  const headless = childOf(service, 'headless')?.value === true;
  const offers = Object.values(mapOf(ports)).some((port) => childOf(port, 'expose')?.value !== false);
  // Only without an address of its own may a Service offer nothing.
  const serviceName = headless || offers ? ownName : undefined;
  if (kind !== 'StatefulSet') return { key, name, serviceName, peersName: undefined, furtherServices };
  const peers = childOf(service, 'peers');
  const besideName = peers?.value === false ? undefined : String(childOf(peers, 'name')?.value ?? `${name}-headless`);
  return { key, name, serviceName, peersName: headless ? ownName : besideName, furtherServices };
}
