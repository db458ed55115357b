import { reshape, type Tracked } from '../model/tracked.ts';
import type { PortDefinition } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';

export function probes(written: Tracked | undefined, ports: readonly PortDefinition[]): Record<string, unknown> {
  const { liveness, readiness, startup } = mapOf(written);
  return { livenessProbe: probe(liveness, ports), readinessProbe: probe(readiness, ports), startupProbe: probe(startup, ports) };
}

function probe(written: Tracked | undefined, ports: readonly PortDefinition[]): unknown {
  if (written === undefined) return undefined;
  const fields = mapOf(written);
  const { http, scheme, tcp, grpc, exec, port } = fields;
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold } = fields;
  const first = ports[0]?.name;
  return reshape(written, {
    httpGet: http === undefined ? undefined : { path: http, port: port ?? first, scheme },
    tcpSocket: tcp === undefined ? undefined : { port: tcp },
    grpc:
      grpc === undefined
        ? undefined
        : { port: typeof grpc.value === 'string' ? (ports.find((known) => known.name === grpc.value)?.port ?? grpc) : grpc },
    exec: exec === undefined ? undefined : { command: exec },
    initialDelaySeconds,
    periodSeconds,
    timeoutSeconds,
    failureThreshold,
    successThreshold,
  });
}
