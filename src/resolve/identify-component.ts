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
  const kind = childOf(raw, 'workload')?.value ?? 'Deployment';
  const reachable = isTrackedMap(childOf(raw, 'ports')) && kind !== 'Job' && kind !== 'CronJob';
  const exposed = reachable && service?.value !== false;
  const further = reachable ? Object.entries(mapOf(childOf(raw, 'services'))) : [];
  const furtherServices = new Map(further.map(([word, one]) => [word, String(childOf(one, 'name')?.value ?? `${name}-${word}`)]));
  const serviceName = exposed ? String(childOf(service, 'name')?.value ?? name) : undefined;
  if (kind !== 'StatefulSet' || serviceName === undefined)
    return { key, name, serviceName, peersName: undefined, furtherServices };
  const peers = childOf(service, 'peers');
  if (childOf(service, 'headless')?.value === true) return { key, name, serviceName, peersName: serviceName, furtherServices };
  return {
    key,
    name,
    serviceName,
    furtherServices,
    peersName: peers?.value === false ? undefined : String(childOf(peers, 'name')?.value ?? `${name}-headless`),
  };
}
