import type { DesiredObject } from '../model/desired-object.ts';
import { childOf, type Tracked, untrack } from '../model/tracked.ts';
import { type PortDefinition, portsOf, usualPort } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, selectorLabels, waveAnnotation } from './expansion.ts';

const kind = 'monitoring.coreos.com/v1/ServiceMonitor';

/** Only where the cluster has the operator; elsewhere the pods carry scrape annotations. */
export function serviceMonitor(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const { metrics } = component.spec.value;
  if (metrics === undefined || !isMonitored(component, expansion)) return [];
  const { path, interval, timeout } = metrics.value;
  const port = { value: metricsPort(component)?.name, origin: (metrics.value.port ?? metrics).origin };
  return [
    desiredObject(
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        name: component.name,
        component,
        topic: component.key,
        annotations: waveAnnotation(expansion.lastWave),
      },
      {
        spec: {
          selector: { matchLabels: selectorLabels(component, expansion.system) },
          endpoints: [{ port, path: path ?? '/metrics', interval, scrapeTimeout: timeout }],
        },
      },
      expansion.system,
      metrics.origin,
    ),
  ];
}

/** A ServiceMonitor finds pods through a Service that offers the port; without one, or without the operator, annotations do. */
export function isMonitored(component: ResolvedComponent, expansion: Expansion): boolean {
  return expansion.system.cluster.has.customResources.includes(kind) && isOffered(component);
}

function isOffered(component: ResolvedComponent): boolean {
  const port = metricsPort(component);
  const { serviceName, peersName } = component;
  if (peersName !== undefined && peersName !== serviceName) return true;
  if (serviceName !== undefined && port?.expose !== false) return true;
  return Object.values(mapOf(component.spec.value.services as Tracked | undefined)).some((further) => {
    const named = childOf(further, 'ports');
    return port !== undefined && named !== undefined && (untrack(named) as string[]).includes(port.name);
  });
}

/** The port that is named, else the one called metrics, else the usual one. */
export function metricsPort(component: ResolvedComponent): PortDefinition | undefined {
  const ports = portsOf(component.spec);
  const named = component.spec.value.metrics?.value.port?.value;
  return ports.find((port) => port.name === (named ?? 'metrics')) ?? (named === undefined ? usualPort(ports) : undefined);
}
