import { convention } from '../model/origin.ts';
import { BareMap, childOf, isTrackedList, reshape, type Tracked, trackAll } from '../model/tracked.ts';
import { type PortDefinition, saidProtocol } from '../resolve/address.ts';
import { asWritten } from '../resolve/config-files.ts';
import { mapOf } from '../resolve/layers.ts';
import { mergeLayers } from '../resolve/merge-layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { containerEnvironment } from './environment-variables.ts';
import type { Expansion } from './expansion.ts';
import { probes } from './probes.ts';

export interface ContainerRequest {
  readonly name: string;
  /** The component's own spec, or that of an init or side container: they share these words. */
  readonly written: Tracked;
  readonly ports: readonly PortDefinition[];
  readonly mounts: readonly unknown[];
  readonly resources?: Tracked | undefined;
  /** Only init containers have one; a component's own is that of its pod. */
  readonly restartPolicy?: Tracked | undefined;
}

export function container(
  request: ContainerRequest,
  component: ResolvedComponent,
  expansion: Expansion,
): Record<string, unknown> {
  const { written, ports } = request;
  const field = (name: string) => childOf(written, name);
  const environment = containerEnvironment(field('env'), component, expansion);
  const texts = (list: Tracked | undefined) =>
    isTrackedList(list)
      ? {
          value: list.value.map((item) => environment.text({ value: asWritten(item), origin: item.origin } as Tracked<string>)),
          origin: list.origin,
        }
      : undefined;
  const command = texts(field('command'));
  const args = texts(field('args'));
  return {
    name: { value: request.name, origin: written.origin },
    image: field('image'),
    imagePullPolicy: field('imagePullPolicy'),
    command,
    args,
    workingDir: field('workingDir'),
    restartPolicy: request.restartPolicy,
    ports:
      ports.length === 0
        ? undefined
        : ports.map((port) =>
            trackAll(
              { name: port.name, containerPort: port.port, protocol: saidProtocol(port, ports, 'port') },
              port.tracked.origin,
            ),
          ),
    // Read after command and args, since those may need further variables.
    envFrom: environment.envFrom,
    env: environment.env,
    resources: quantitiesAsText(request.resources ?? field('resources')),
    ...probes(field('probes'), ports),
    lifecycle: field('lifecycle'),
    volumeMounts: request.mounts.length === 0 ? undefined : request.mounts,
    securityContext: securityContext(component, field('securityContext')),
  };
}

export function securityContext(component: ResolvedComponent, own: Tracked | undefined): unknown {
  if (component.spec.value.podSecurity?.value === 'privileged') return Object.keys(mapOf(own)).length > 0 ? own : undefined;
  const restricted = convention('pods keep to the restricted Pod Security level unless they say otherwise');
  return mergeLayers(trackAll({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }, restricted), own);
}

/** Kubernetes takes `cpu: 1` and `cpu: "1"` for the same; written as text, a change of it is a change of text. */
function quantitiesAsText(resources: Tracked | undefined): Tracked | undefined {
  if (resources === undefined) return undefined;
  const kinds = new BareMap();
  for (const [kind, amounts] of Object.entries(mapOf(resources))) {
    const texts = new BareMap();
    for (const [name, amount] of Object.entries(mapOf(amounts)))
      texts[name] = { value: asWritten(amount), origin: amount.origin };
    kinds[kind] = reshape(amounts, texts);
  }
  return reshape(resources, kinds);
}
