import { childOf, isTrackedMap, type Tracked } from '../model/tracked.ts';

/** Where a component can be reached and what it is called: the part of it that needs no evaluation. */
export interface ComponentIdentity {
  readonly key: string;
  readonly name: string;
  readonly serviceName: string | undefined;
  readonly peersName: string | undefined;
}

export function identifyComponent(key: string, raw: Tracked, prefix: string): ComponentIdentity {
  const name = String(childOf(raw, 'name')?.value ?? `${prefix}${key}`);
  const service = childOf(raw, 'service');
  const kind = childOf(raw, 'workload')?.value ?? 'Deployment';
  const exposed = service?.value !== false && isTrackedMap(childOf(raw, 'ports')) && kind !== 'Job' && kind !== 'CronJob';
  const serviceName = exposed ? String(childOf(service, 'name')?.value ?? name) : undefined;
  if (kind !== 'StatefulSet' || serviceName === undefined) return { key, name, serviceName, peersName: undefined };
  const peers = childOf(service, 'peers');
  if (childOf(service, 'headless')?.value === true) return { key, name, serviceName, peersName: serviceName };
  return {
    key,
    name,
    serviceName,
    peersName: peers?.value === false ? undefined : String(childOf(peers, 'name')?.value ?? `${name}-headless`),
  };
}
