import type { Any } from '../fleet.ts';
import { backing, find, ofKind, portOf, type Render, selects } from './render.ts';

/** Services that lead to no pods, or to ports that those have not; slices and monitors that belong to no Service. */
export function checkServices(render: Render): string[] {
  return [...services(render), ...slices(render), ...monitors(render), ...sets(render)];
}

function services(render: Render): string[] {
  return ofKind(render, 'Service').flatMap((service) => {
    const id = `Service/${service.metadata.name}`;
    if (service.spec.selector === undefined) return [];
    const pods = backing(render, service);
    if (pods.length !== 1) return [`${id} selects ${pods.length === 0 ? 'no pods' : pods.map((one) => one.id).join(', ')}`];
    return (service.spec.ports ?? []).flatMap((port: Any) => {
      const target = port.targetPort ?? port.port;
      const found = portOf(pods[0] as (typeof pods)[number], target);
      if (found === undefined) return [`${id} leads to port ${target}, which ${pods[0]?.id} has not`];
      const [offered, listened] = [port.protocol ?? 'TCP', found.protocol ?? 'TCP'];
      return offered === listened ? [] : [`${id} offers ${target} by ${offered}, ${pods[0]?.id} has it by ${listened}`];
    });
  });
}

function slices(render: Render): string[] {
  const found = ofKind(render, 'EndpointSlice').flatMap((slice) => {
    const name = slice.metadata.labels?.['kubernetes.io/service-name'];
    const service = find(render, 'Service', name);
    const id = `EndpointSlice/${slice.metadata.name}`;
    if (service === undefined) return [`${id} belongs to Service ${name}, which is not there`];
    if (service.spec.selector !== undefined) return [`${id} belongs to Service ${name}, which selects its own pods`];
    const named = new Set((slice.ports ?? []).map((one: Any) => one.name ?? ''));
    return service.spec.ports
      .filter((port: Any) => !named.has(port.name ?? ''))
      .map((port: Any) => `${id} has no port ${port.name ?? port.port} for its Service`);
  });
  const alone = ofKind(render, 'Service').filter(
    (service) =>
      service.spec.selector === undefined &&
      service.spec.type !== 'ExternalName' &&
      !ofKind(render, 'EndpointSlice').some(
        (slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
      ),
  );
  return [...found, ...alone.map((service) => `Service/${service.metadata.name} has neither a selector nor an EndpointSlice`)];
}

function monitors(render: Render): string[] {
  return ofKind(render, 'ServiceMonitor').flatMap((monitor) => {
    const id = `ServiceMonitor/${monitor.metadata.name}`;
    const found = ofKind(render, 'Service').filter((service) => selects(monitor.spec.selector, service.metadata.labels ?? {}));
    if (found.length === 0) return [`${id} selects no Service`];
    return monitor.spec.endpoints
      .filter((endpoint: Any) => !found.some((service) => service.spec.ports.some((one: Any) => one.name === endpoint.port)))
      .map((endpoint: Any) => `${id} scrapes port ${endpoint.port}, which no Service of it has`);
  });
}

function sets(render: Render): string[] {
  return ofKind(render, 'StatefulSet').flatMap((set) => {
    const service = find(render, 'Service', set.spec.serviceName);
    const named = service !== undefined && backing(render, service).some((pods) => pods.object === set);
    return named ? [] : [`StatefulSet/${set.metadata.name} has no Service ${set.spec.serviceName} over its pods`];
  });
}
