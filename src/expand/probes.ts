import { reshape, type Tracked } from '../model/tracked.ts';
import { type PortDefinition, usualPort } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';

export function probes(written: Tracked | undefined, ports: readonly PortDefinition[]): Record<string, unknown> {
  const { liveness, readiness, startup } = mapOf(written);
  return { livenessProbe: probe(liveness, ports), readinessProbe: probe(readiness, ports), startupProbe: probe(startup, ports) };
}

/** Without the port that it asks, it asks nothing: a rule tells of that. */
function probe(written: Tracked | undefined, ports: readonly PortDefinition[]): unknown {
  if (written === undefined) return undefined;
  const fields = mapOf(written);
  const { http, scheme, tcp, grpc, exec, port } = fields;
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold } = fields;
  const asked = port ?? usualPort(ports)?.name;
  const grpcPort = typeof grpc?.value === 'string' ? ports.find((known) => known.name === grpc.value)?.port : grpc;
  return reshape(written, {
    httpGet: http === undefined || asked === undefined ? undefined : { path: http, port: asked, scheme },
    tcpSocket: tcp === undefined ? undefined : { port: tcp },
    grpc: grpcPort === undefined ? undefined : { port: grpcPort },
    exec: exec === undefined ? undefined : { command: exec },
    initialDelaySeconds,
    periodSeconds,
    timeoutSeconds,
    failureThreshold,
    successThreshold,
  });
}
