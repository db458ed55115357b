import type { Component } from '../language/component.ts';
import { type Tracked, untrack } from '../model/tracked.ts';
import type { ExternalAddress } from './resolved.ts';

export interface PortDefinition {
  readonly name: string;
  readonly port: number;
  readonly servicePort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly expose: boolean;
  readonly nodePort: number | undefined;
  readonly tracked: Tracked;
}

/** The ports of an evaluated component, short and long form alike. */
export function portsOf(spec: Tracked<Component>): PortDefinition[] {
  const ports = (spec.value.ports?.value ?? {}) as unknown as Record<string, Tracked>;
  return Object.entries(ports).map(([name, tracked]) => {
    const plain = untrack(tracked) as
      | number
      | { port: number; servicePort?: number; protocol?: 'TCP'; expose?: boolean; nodePort?: number };
    const long = typeof plain === 'number' ? { port: plain } : plain;
    return {
      name,
      port: long.port,
      servicePort: long.servicePort ?? long.port,
      protocol: long.protocol ?? 'TCP',
      expose: long.expose ?? true,
      nodePort: long.nodePort,
      tracked,
    };
  });
}

/** The usual one is said only beside a port of the same number, since kustomize would take both for the same. */
export function saidProtocol(
  port: PortDefinition,
  beside: readonly PortDefinition[],
  number: 'port' | 'servicePort',
): PortDefinition['protocol'] | undefined {
  const numbers = new Set(beside.map((other) => other[number]));
  return port.protocol === 'TCP' && numbers.size === beside.length ? undefined : port.protocol;
}

/** Which of several is meant where nobody names one: the first by TCP, since URLs, probes and ingresses speak no other. */
export function usualPort<Port extends { readonly protocol: unknown }>(ports: readonly Port[]): Port | undefined {
  return ports.find(({ protocol }) => protocol === 'TCP') ?? ports[0];
}

/** The port of the Service that an ingress leads to, by its name or number there; the usual one where it asks for none. */
export function ingressPort(spec: Tracked<Component>): PortDefinition | undefined {
  const asked = spec.value.ingress?.value.port?.value;
  const offered = portsOf(spec).filter((port) => port.expose);
  return asked === undefined ? usualPort(offered) : offered.find((port) => port.name === asked || port.servicePort === asked);
}

const schemePorts: Record<string, number> = {
  'http:': 80,
  'https:': 443,
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
  'rediss:': 6379,
};

/** What is known of a service outside: given outright, else read from its URL. */
export function externalAddress(
  external: Record<string, unknown>,
  usualPorts: ReadonlyMap<string, number>,
  usualService: string,
): Omit<ExternalAddress, 'protocols'> {
  const { host, port, ports, url, address, service, cidr, cidrs } = external as {
    host?: string;
    port?: number;
    ports?: Record<string, number>;
    url?: string;
    address?: string;
    service?: string;
    cidr?: string;
    cidrs?: string[];
  };
  const parsed = url !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  const fromUrl = parsed === undefined ? undefined : parsed.port !== '' ? Number(parsed.port) : schemePorts[parsed.protocol];
  const single = port ?? fromUrl;
  const known = new Map<string, number>(Object.entries(ports ?? {}));
  const [first] = usualPorts.keys();
  if (single !== undefined && first !== undefined && !known.has(first)) known.set(first, single);
  const bridge = address === undefined ? undefined : { service: service ?? usualService, address };
  const opened = [...(cidr === undefined ? [] : [cidr]), ...(cidrs ?? [])];
  return {
    host: bridge?.service ?? host ?? parsed?.hostname,
    ports: known,
    usualPorts,
    cidrs: opened.length > 0 || address === undefined ? opened : [`${address}/${address.includes(':') ? 128 : 32}`],
    bridge,
  };
}
