import type { Any } from '../fleet.ts';
import { type Address, unknown } from './addresses-in.ts';
import { backing, find, ofKind, type PodSet, portOf, type Render } from './render.ts';

/** Who answers at an address: pods on a port of theirs, the pod itself, somebody outside; or why nobody does. */
export type Answer =
  | { readonly by: 'pods'; readonly pods: PodSet; readonly port?: number }
  | { readonly by: 'itself' | 'outside' | 'unknown' }
  | { readonly by: 'nobody'; readonly why: string };

const publicEndings = new Set(['ai', 'app', 'cloud', 'com', 'dev', 'eu', 'io', 'net', 'org']);
const own = new Set(['localhost', '0.0.0.0', '127.0.0.1']);
const nobody = (why: string): Answer => ({ by: 'nobody', why });

export function answer({ host, port }: Address, from: PodSet, render: Render): Answer {
  if (host.replaceAll(unknown, '') === '') return { by: 'unknown' };
  if (own.has(host)) {
    const listens = port === undefined || portOf(from, port) !== undefined;
    return listens ? { by: 'itself' } : nobody('the pod has no such port');
  }
  if (render.externals.has(host)) return { by: 'outside' };
  if (/^\d+(\.\d+){3}$/.test(host)) return bridged(host, port, render);

  const [name, ...suffix] = splitName(host, render);
  if (suffix.length > 0 && name === undefined) return nobody(suffix.join());
  const labels = (name as string).split('.');
  if (labels.length === 1) return ofService(labels[0] as string, port, render);
  if (labels.length === 2 && find(render, 'Service', labels[1])) return ofPod(labels as [string, string], port, from, render);
  if (suffix.length === 0 && publicEndings.has(labels.at(-1) as string)) return { by: 'outside' };
  return nobody('no such Service here, and not among the external addresses of the environment');
}

/** What is left of a name without namespace and domain of the cluster; or undefined, and why it cannot be one. */
function splitName(host: string, { namespace, domain }: Render): [string | undefined, ...string[]] {
  const ending = ['.svc', `.svc.${domain}`, `.${namespace}`].find((one) => host.endsWith(one));
  if (ending === undefined) return /\.svc\./.test(host) ? [undefined, `the cluster is ${domain}`] : [host];
  if (ending === `.${namespace}`) return [host.slice(0, -ending.length), ending];
  const inNamespace = host.slice(0, -ending.length);
  if (inNamespace === 'kubernetes.default') return [undefined, 'the API server is reached by its variables'];
  if (!inNamespace.endsWith(`.${namespace}`)) return [undefined, `not in the namespace ${namespace}`];
  return [inNamespace.slice(0, -namespace.length - 1), ending];
}

function ofService(name: string, port: number | undefined, render: Render): Answer {
  const service = find(render, 'Service', name);
  if (service === undefined) return nobody('no such Service');
  if (service.spec.selector === undefined) return outsideBehind(service, port, render);
  const [pods] = backing(render, service);
  if (pods === undefined) return nobody('its Service selects no pods');
  if (port === undefined) return { by: 'pods', pods };
  if (service.spec.clusterIP === 'None') return listening(pods, port);
  const offered = service.spec.ports.find((one: Any) => one.port === port);
  if (offered === undefined) return nobody('its Service has no such port');
  const target = portOf(pods, offered.targetPort ?? offered.port);
  return target ? { by: 'pods', pods, port: target.containerPort } : nobody('its Service leads to a port that no pod has');
}

function listening(pods: PodSet, port: number): Answer {
  return portOf(pods, port) ? { by: 'pods', pods, port } : nobody('no such port in these pods');
}

/** `kafka-0.kafka-headless` */
function ofPod([pod, name]: [string, string], port: number | undefined, from: PodSet, render: Render): Answer {
  // In a script that pods of several kinds run, this line may be for those of another kind.
  if (pod === unknown && from.object.kind !== 'StatefulSet') return ofService(name, port, render);
  const service = find(render, 'Service', name);
  const [pods] = backing(render, service);
  if (service.spec.clusterIP !== 'None') return nobody('only a headless Service names its pods');
  if (pods?.object.kind !== 'StatefulSet' || pods.object.spec.serviceName !== name)
    return nobody('not the Service that names the pods of a StatefulSet');
  const [, ordinal] = new RegExp(`^${pods.name}-(\\d+|${unknown})$`).exec(pod) ?? [];
  const exists = ordinal !== undefined && (ordinal === unknown || Number(ordinal) < (pods.replicas ?? Number.POSITIVE_INFINITY));
  if (!exists && pod !== unknown) return nobody('no such pod');
  return port === undefined ? { by: 'pods', pods } : listening(pods, port);
}

/** A Service without a selector leads to the addresses of its EndpointSlices. */
function outsideBehind(service: Any, port: number | undefined, render: Render): Answer {
  if (service.spec.type === 'ExternalName') return { by: 'outside' };
  const slices = ofKind(render, 'EndpointSlice').filter(
    (slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
  );
  if (slices.length === 0) return nobody('its Service has neither a selector nor an EndpointSlice');
  if (port === undefined) return { by: 'outside' };
  const offered = service.spec.ports.find((one: Any) => one.port === port);
  return offered ? { by: 'outside' } : nobody('its Service has no such port');
}

function bridged(address: string, port: number | undefined, render: Render): Answer {
  const slices = ofKind(render, 'EndpointSlice').filter((slice) =>
    slice.endpoints.some((endpoint: Any) => endpoint.addresses.includes(address)),
  );
  const has = slices.some((slice) => port === undefined || slice.ports.some((one: Any) => one.port === port));
  return has ? { by: 'outside' } : nobody('not among the external addresses of the environment');
}
