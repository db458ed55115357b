import { convention } from '../model/origin.ts';
import { childOf, entriesOf, isTrackedList, isTrackedMap, itemsOf, reshape, type Tracked, trackAll } from '../model/tracked.ts';
import { portsOf } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import { mergeLayers } from '../resolve/merge-layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { container } from './container.ts';
import { type Expansion, selectorLabels } from './expansion.ts';
import { serviceAccountName } from './service-account.ts';
import { isMonitored, metricsPort } from './service-monitor.ts';
import type { PodVolumes } from './volumes.ts';
import { waitContainer } from './wait-container.ts';

export function podTemplate(
  component: ResolvedComponent,
  volumes: PodVolumes,
  expansion: Expansion,
  restartPolicy?: unknown,
): Record<string, unknown> {
  const { spec } = component;
  const annotations = { ...scrapeAnnotations(component, expansion), ...mapOf(spec.value.podAnnotations as Tracked | undefined) };
  return {
    metadata: {
      labels: {
        ...mapOf(selectorLabels(component, expansion.system) as Tracked),
        'app.kubernetes.io/component': component.key,
        ...mapOf(spec.value.labels as Tracked | undefined),
        ...mapOf(spec.value.podLabels as Tracked | undefined),
      },
      annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    },
    spec: podSpec(component, volumes, expansion, restartPolicy),
  };
}

function podSpec(
  component: ResolvedComponent,
  volumes: PodVolumes,
  expansion: Expansion,
  restartPolicy: unknown,
): Record<string, unknown> {
  const spec = component.spec.value;
  const gpu = gpuPlacement(component, expansion);
  const ports = portsOf(component.spec);
  const extra = (written: Tracked<Record<string, unknown>> | undefined) =>
    entriesOf(written).map(([name, container_]) =>
      container(
        {
          name,
          written: container_ as Tracked,
          ports: extraPorts(container_ as Tracked),
          mounts: namedMounts(container_ as Tracked),
          restartPolicy: childOf(container_ as Tracked, 'restartPolicy'),
        },
        component,
        expansion,
      ),
    );
  const wait = waitContainer(component, expansion);
  const init = [
    ...(wait === undefined ? [] : [wait]),
    ...extra(spec.initContainers as Tracked<Record<string, unknown>> | undefined),
  ];
  const main = container(
    { name: component.key, written: component.spec as Tracked, ports, mounts: volumes.mounts, resources: gpu.resources },
    component,
    expansion,
  );
  return {
    serviceAccountName: serviceAccountName(component, expansion),
    automountServiceAccountToken: hasPermissions(component)
      ? undefined
      : { value: false, origin: convention('no token unless the component has permissions') },
    enableServiceLinks: { value: false, origin: convention('service links would put stray variables into every pod') },
    restartPolicy,
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds,
    priorityClassName: spec.priorityClassName,
    runtimeClassName: spec.runtimeClassName,
    dnsPolicy: spec.dnsPolicy,
    shareProcessNamespace: spec.shareProcessNamespace,
    hostAliases: spec.hostAliases,
    imagePullSecrets: imagePullSecrets(component, expansion),
    securityContext: podSecurityContext(component),
    nodeSelector: gpu.nodeSelector,
    tolerations: gpu.tolerations,
    affinity: spec.affinity,
    topologySpreadConstraints: spread(component, expansion),
    initContainers: init.length > 0 ? init : undefined,
    containers: [main, ...extra(spec.sidecars as Tracked<Record<string, unknown>> | undefined)],
    volumes: volumes.volumes.length > 0 ? volumes.volumes : undefined,
  };
}

/** A registry's login that the System declares, by its key or its name, is brought along; any other is somebody else's. */
export function imagePullSecrets(component: ResolvedComponent, expansion: Expansion): unknown {
  const { secrets } = expansion.system;
  const names = itemsOf(component.spec.value.imagePullSecrets).map((written) => {
    const declared = [...secrets].find(([, { name }]) => name === written.value)?.[0] ?? String(written.value);
    const secret = secrets.get(declared);
    if (secret === undefined) return written;
    expansion.useSecret(declared);
    return { value: secret.name, origin: written.origin };
  });
  return names.length === 0 ? undefined : names.map((name) => ({ name }));
}

export function hasPermissions(component: ResolvedComponent): boolean {
  return component.spec.value.permissions !== undefined || component.spec.value.clusterPermissions !== undefined;
}

function extraPorts(written: Tracked) {
  return portsOf({ value: { ports: childOf(written, 'ports') }, origin: written.origin } as never);
}

function namedMounts(written: Tracked): unknown[] {
  return Object.entries(mapOf(childOf(written, 'mounts'))).map(([name, mount]) =>
    reshape(mount, { name, ...(isTrackedMap(mount) ? mount.value : { mountPath: mount }) }),
  );
}

function podSecurityContext(component: ResolvedComponent): unknown {
  const { podSecurity, runAs, podSecurityContext: own } = component.spec.value;
  const level = podSecurity?.value ?? 'restricted';
  const because = convention('pods keep to the restricted Pod Security level unless they say otherwise');
  const user =
    runAs === undefined ? {} : { runAsUser: runAs, runAsGroup: runAs, fsGroup: runAs, fsGroupChangePolicy: 'OnRootMismatch' };
  const base =
    level === 'restricted'
      ? { runAsNonRoot: true, ...user, seccompProfile: { type: 'RuntimeDefault' } }
      : level === 'baseline'
        ? { ...user, seccompProfile: { type: 'RuntimeDefault' } }
        : user;
  const merged = mergeLayers(trackAll(base, because), own as Tracked | undefined);
  return Object.keys(mapOf(merged)).length > 0 ? merged : undefined;
}

function spread(component: ResolvedComponent, expansion: Expansion): unknown {
  const { spread: over, topologySpreadConstraints } = component.spec.value;
  const short = itemsOf(over).map((where) =>
    trackAll(
      {
        maxSkew: 1,
        topologyKey: where.value === 'zone' ? 'topology.kubernetes.io/zone' : 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selectorLabels(component, expansion.system) },
      },
      where.origin,
    ),
  );
  const long = isTrackedList(topologySpreadConstraints as Tracked | undefined)
    ? ((topologySpreadConstraints as Tracked).value as unknown[])
    : [];
  return short.length + long.length > 0 ? [...short, ...long] : undefined;
}

function gpuPlacement(
  component: ResolvedComponent,
  expansion: Expansion,
): { resources: Tracked | undefined; nodeSelector: unknown; tolerations: unknown } {
  const { gpu, resources, nodeSelector, tolerations } = component.spec.value;
  if (gpu === undefined) return { resources: undefined, nodeSelector, tolerations };
  const pool = expansion.system.cluster.gpuPool(gpu.value.pool?.value);
  const written = mapOf(resources as Tracked | undefined);
  const limits = { ...mapOf(written.limits), [pool.resource]: trackAll(gpu.value.count ?? 1, gpu.origin) };
  const selected = { ...pool.labels, ...mapOf(nodeSelector as Tracked | undefined) };
  return {
    resources: trackAll({ requests: written.requests, limits }, (resources ?? gpu).origin),
    nodeSelector: Object.keys(selected).length > 0 ? selected : undefined,
    tolerations: [
      ...(pool.taint === undefined ? [] : [trackAll({ key: pool.taint, operator: 'Exists', effect: 'NoSchedule' }, gpu.origin)]),
      ...((tolerations?.value ?? []) as unknown[]),
    ],
  };
}

function scrapeAnnotations(component: ResolvedComponent, expansion: Expansion): Record<string, unknown> {
  const { metrics } = component.spec.value;
  if (metrics === undefined || isMonitored(component, expansion)) return {};
  const port = metricsPort(component);
  return {
    'prometheus.io/scrape': { value: 'true', origin: metrics.origin },
    'prometheus.io/port': { value: String(port?.port ?? ''), origin: (metrics.value.port ?? metrics).origin },
    'prometheus.io/path': metrics.value.path ?? { value: '/metrics', origin: metrics.origin },
  };
}
