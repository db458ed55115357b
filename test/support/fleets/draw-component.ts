import type { Draw } from './draw.ts';
import { drawValue, drawVariables, type SystemScope } from './draw-system.ts';
import { oddLabelKeys, oddLabelValues, oddVariables } from './odd-words.ts';

type Json = Record<string, unknown>;
type Workload = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';

export interface ComponentPlan {
  readonly key: string;
  /** Name of its workload. */
  readonly objectName: string;
  readonly workload: Workload;
  /** A switch that only profiles and environments flip. */
  readonly optional: boolean;
  /** Whether `enabled` follows something else, so that only compiling tells. */
  readonly follows: boolean;
  readonly serves: boolean;
  readonly ports: readonly string[];
  /** Expressions over its address that are allowed everywhere. */
  readonly references: readonly string[];
  readonly document: Json;
  /** What a profile or an environment may change about it. */
  readonly override: (draw: Draw) => Json;
}

const images = [
  'nginx:1.29.1',
  'quay.io/a/b:1_000',
  'registry:5000/x/y:2',
  'app@sha256:'.padEnd(75, 'a'),
  'app:2.0@sha256:'.padEnd(79, 'b'),
  'app:1e3',
];
/** What an autoscaler needs of all that runs beside the main container. */
const beside = { resources: { requests: { cpu: '10m', memory: '16Mi' } } };
const resources = { requests: { cpu: 0.1, memory: '64Mi' }, limits: { cpu: '1', memory: '1Gi' } };

export function drawComponent(draw: Draw, key: string, scope: SystemScope, known: readonly ComponentPlan[]): ComponentPlan {
  const workload = draw.pick(['Deployment', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const);
  const runsOnce = workload === 'Job' || workload === 'CronJob';
  const scales = workload === 'Deployment' || workload === 'StatefulSet';
  const named = draw.chance(20) ? longName(key, workload) : undefined;
  const objectName = named ?? `${scope.prefixed ? `${scope.name}-` : ''}${key}`;
  const optional = draw.chance(35);
  const follows = optional && draw.chance(30);
  const ports = runsOnce ? [] : draw.some(['http', 'grpc', 'y', 'a-1'], 45);
  const drawn = ports.length === 0 ? undefined : drawService(draw, workload, key);
  const service = ports.length > 0 && /^[0-9]/.test(objectName) ? withLetterFirst(drawn, workload, key) : drawn;
  const serves = ports.length > 0 && service !== false;
  const scrapes = ports.length > 0 && draw.chance(20);
  const volumes = drawVolumes(draw, scope);
  const permitted = scope.prefixed && named === undefined && draw.chance(15);
  const document: Json = {
    ...(draw.chance(20) ? { description: draw.literal() } : {}),
    ...(optional ? { optional: true } : {}),
    ...(follows ? { enabled: drawSwitch(draw, scope, known) } : {}),
    ...(workload === 'Deployment' ? {} : { workload }),
    ...(named === undefined ? {} : { name: named }),
    image: draw.pick(images),
    ...(scales && draw.chance(60) ? { replicas: draw.number(0, 4) } : {}),
    ...(workload === 'CronJob' ? { schedule: draw.pick(['0 3 * * *', '*/5 * * * *']), suspend: draw.chance(50) } : {}),
    ...(runsOnce ? { backoffLimit: draw.number(0, 9), restartPolicy: draw.pick(['OnFailure', 'Never']) } : {}),
    ...(draw.chance(30) ? { command: ['sh', '-c', draw.literal()] } : {}),
    ...(draw.chance(30)
      ? { args: Array.from({ length: draw.number(0, 4) }, () => draw.pick([String(drawValue(draw, scope, known)), 1, true])) }
      : {}),
    ...(ports.length > 0 ? { ports: drawPorts(draw, ports, service) } : {}),
    ...(service === undefined ? {} : { service }),
    ...(draw.chance(70) ? { env: drawEnvironment(draw, scope, known) } : {}),
    ...(Object.keys(volumes).length > 0 ? { volumes } : {}),
    ...(ports.length > 0 && draw.chance(40) ? { probes: drawProbes(draw, ports) } : {}),
    ...(scales || draw.chance(30) ? { resources } : {}),
    ...(workload === 'Deployment' && draw.chance(30)
      ? { strategy: draw.pick(['Recreate', { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } }]) }
      : {}),
    ...(workload === 'StatefulSet' && draw.chance(30) ? { podManagementPolicy: 'Parallel' } : {}),
    ...(serves && draw.chance(40) ? { ingress: drawIngress(draw, key, ports) } : {}),
    ...(scales && draw.chance(20) ? { autoscale: drawAutoscale(draw) } : {}),
    ...(scales && draw.chance(20) ? { disruptionBudget: draw.pick([{ maxUnavailable: 1 }, { minAvailable: '0%' }]) } : {}),
    ...(scrapes ? { metrics: { port: ports[0], ...(draw.chance(50) ? { path: '/metrics' } : {}) } } : {}),
    ...drawEdges(draw, known, key),
    ...(draw.chance(20) ? { awaited: false } : {}),
    ...(draw.chance(40) ? { runAs: draw.number(1, 65535) } : {}),
    ...(draw.chance(20) ? { podSecurity: draw.pick(['baseline', 'privileged']) } : {}),
    ...(draw.chance(15)
      ? { securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } }
      : {}),
    ...(permitted ? { permissions: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }] } : {}),
    ...(permitted && draw.chance(50) ? { clusterPermissions: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }] } : {}),
    ...(draw.chance(20) ? { initContainers: { init: drawExtra(draw, scope, known, volumes) } } : {}),
    ...(draw.chance(20)
      ? { sidecars: { side: { ...drawExtra(draw, scope, known, volumes), ...beside }, '0': { image: 'b:1', ...beside } } }
      : {}),
    ...(draw.chance(20) ? { nodeSelector: { 'example.com/pool': draw.pick(oddLabelValues) } } : {}),
    ...(draw.chance(20) ? { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }] } : {}),
    ...(draw.chance(20) ? { spread: draw.some(['zone', 'node'], 60) } : {}),
    ...(draw.chance(10) ? { gpu: { pool: 'fast', count: draw.number(1, 4) } } : {}),
    ...(draw.chance(20) ? { labels: drawLabels(draw) } : {}),
    ...(draw.chance(20) ? { annotations: drawAnnotations(draw) } : {}),
    ...(draw.chance(20) ? { podLabels: drawLabels(draw) } : {}),
    ...(draw.chance(20) ? { podAnnotations: drawAnnotations(draw) } : {}),
    ...(draw.chance(10)
      ? { terminationGracePeriodSeconds: draw.number(0, 60), hostAliases: [{ ip: '10.0.0.1', hostnames: ['a', '1'] }] }
      : {}),
    ...(draw.chance(10) ? { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } } : {}),
    ...(draw.chance(10) ? { network: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 443 }] }] } } : {}),
  };
  const path = `components["${key}"]`;
  const optionalPath = `components[?"${key}"]`;
  const references = optional
    ? [`\${${optionalPath}.url}`, `\${${optionalPath}.host.orValue("none")}`, `\${${path}.enabled ? "on" : "off"}`]
    : [`\${${path}.url}`, `\${${path}.host}`, `\${${path}.fqdn}:\${${path}.ports["${ports[0]}"]}`, `\${${path}.replicas}`];
  return { key, objectName, workload, optional, follows, serves, ports, references, document, override };

  function override(again: Draw): Json {
    // What a group brings cannot be taken out of it here.
    const removed = scope.groups.length > 0 ? '' : null;
    const variables = again
      .some(oddVariables, 20)
      .map((name) => [name, again.pick([again.literal(), again.number(0, 9), removed, drawValue(again, scope, known)])]);
    return {
      ...(optional && !follows ? { enabled: again.chance(60) } : {}),
      ...(again.chance(30) ? { image: again.pick(images) } : {}),
      ...(scales && again.chance(40) ? { replicas: again.number(0, 5) } : {}),
      ...(variables.length > 0 ? { env: Object.fromEntries(variables) } : {}),
      ...(again.chance(20) ? { args: [again.literal()] } : {}),
      ...(again.chance(20) ? { resources: { limits: { cpu: again.pick([2, '2', '1500m']), memory: null } } } : {}),
      ...(ports.length > 0 && again.chance(15) ? { ports: { [ports[0] as string]: again.number(20000, 20999) } } : {}),
      ...(ports.length > 0 && again.chance(20)
        ? { probes: again.pick([null, { liveness: null }, { readiness: { tcp: null, exec: null, http: '/', port: ports[0] } }]) }
        : {}),
      ...(document.ingress !== undefined && again.chance(60) ? { ingress: { enabled: again.chance(70) } } : {}),
      ...(scales && again.chance(20) ? { autoscale: drawAutoscale(again) } : {}),
      ...(scales && again.chance(15) ? { disruptionBudget: { minAvailable: null, maxUnavailable: '25%' } } : {}),
      ...(again.chance(15) ? { spread: again.some(['zone', 'node'], 70) } : {}),
      ...(again.chance(15) ? { podAnnotations: again.pick([null, drawAnnotations(again)]) } : {}),
      ...(again.chance(15) ? { labels: again.pick([null, drawLabels(again)]) } : {}),
      ...(again.chance(15)
        ? { sidecars: again.pick([null, { more: { image: 'c:1', args: [again.literal()], ...beside } }]) }
        : {}),
      ...(again.chance(10) ? { nodeSelector: { zone: again.pick(oddLabelValues) } } : {}),
      ...(again.chance(10) ? { runAs: again.number(1, 99) } : {}),
      ...(workload === 'Deployment' && again.chance(15)
        ? { strategy: again.pick(['Recreate', { type: 'RollingUpdate', rollingUpdate: { maxSurge: '10%' } }]) }
        : {}),
      ...(workload === 'CronJob' && again.chance(30) ? { schedule: '0 1 * * 0' } : {}),
      ...(again.chance(15) ? { volumes: { extra: { emptyDir: {}, mountPath: '/extra' } } } : {}),
    };
  }
}

/** As long as Kubernetes allows for all that is named after it. */
function longName(key: string, workload: Workload): string {
  const longest = workload === 'CronJob' ? 52 : workload === 'StatefulSet' ? 52 : 63;
  return `${key}-${'long'.repeat(20)}`.slice(0, longest);
}

function drawSwitch(draw: Draw, scope: SystemScope, known: readonly ComponentPlan[]): string {
  const switches = [...scope.parameters].flatMap(([name, { type }]) => (type === 'boolean' ? [`\${parameters["${name}"]}`] : []));
  return draw.pick([...switches, ...known.map(({ key }) => `\${components["${key}"].enabled}`), '${environment.name == "1"}']);
}

function drawPorts(draw: Draw, names: readonly string[], service: Json | false | undefined): Json {
  const twins = draw.chance(20);
  return Object.fromEntries(
    names.map((name, index) => {
      const isTwin = twins && index < 2;
      const port = isTwin ? 53 : 1000 + index * 1000 + draw.number(0, 999);
      const protocol = isTwin ? ['UDP', 'TCP'][index] : draw.pick(['TCP', 'UDP']);
      // Who asks a headless Service reaches the pods themselves.
      const offered = isTwin || (service !== false && service?.headless === true) ? {} : { servicePort: 80 + index };
      const long = { port, ...offered, protocol, expose: index === 0 || draw.chance(60) };
      return [name, !isTwin && draw.chance(60) ? port : long];
    }),
  );
}

function drawService(draw: Draw, workload: Workload, key: string): Json | false | undefined {
  if (draw.chance(50)) return undefined;
  if (draw.chance(25)) return false;
  if (workload === 'StatefulSet' && draw.chance(50))
    return draw.pick<Json>([
      { headless: true },
      { peers: false },
      { peers: { name: `p-${key}`, publishNotReadyAddresses: false } },
    ]);
  return draw.pick<Json>([
    { name: `s-${key}` },
    { type: 'NodePort' },
    { type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerSourceRanges: ['10.0.0.0/8'] },
    { sessionAffinity: 'ClientIP', annotations: { 'example.com/a': draw.literal() } },
  ]);
}

/** Before Kubernetes 1.36 no Service can be called after what begins with a digit. */
function withLetterFirst(service: Json | false | undefined, workload: Workload, key: string): Json | false {
  if (service === false) return false;
  const hasPeers = workload === 'StatefulSet' && service?.headless !== true && service?.peers !== false;
  const peers = hasPeers ? { peers: { ...((service?.peers ?? {}) as Json), name: `p-${key}` } } : {};
  return { ...service, name: `s-${key}`, ...peers };
}

function drawEnvironment(draw: Draw, scope: SystemScope, known: readonly ComponentPlan[]): Json {
  const from = draw.some(scope.groups, 60);
  return {
    ...(from.length > 0 ? { $from: from.length === 1 && draw.chance(50) ? from[0] : from } : {}),
    ...drawVariables(draw, scope, known),
    ...(draw.chance(20) ? { POD_IP: { fieldRef: { fieldPath: 'status.podIP' } } } : {}),
  };
}

function drawVolumes(draw: Draw, scope: SystemScope): Json {
  const all: Json = {
    data: {
      size: draw.pick(['1Gi', '500M', 1073741824]),
      mountPath: '/data',
      ...(draw.chance(30) ? { persistent: false } : {}),
      ...(draw.chance(30) ? { storageClass: 'fast' } : {}),
    },
    cache: { size: '2Gi', mountPath: '/cache', accessModes: ['ReadWriteMany'] },
    tmp: { emptyDir: draw.pick([{}, { medium: 'Memory', sizeLimit: '64Mi' }]), mountPath: '/tmp', readOnly: draw.chance(20) },
    info: {
      source: { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
      mountPath: '/info',
    },
    ...Object.fromEntries(
      scope.configs.map((entry) => [
        `c-${entry}`,
        { config: entry, mountPath: `/conf/${entry}`, mode: draw.pick(['0555', '0444']) },
      ]),
    ),
    ...Object.fromEntries(
      [...scope.secrets.keys()].map((entry) => [`s-${entry}`, { secret: entry, mountPath: `/secret/${entry}`, readOnly: true }]),
    ),
  };
  return Object.fromEntries(draw.some(Object.entries(all), 30));
}

function drawProbes(draw: Draw, ports: readonly string[]): Json {
  const probe = () =>
    draw.pick<Json>([
      { http: '/healthz', port: ports[0], periodSeconds: 5 },
      { tcp: ports.at(-1), initialDelaySeconds: 3 },
      { exec: ['sh', '-c', draw.literal()], timeoutSeconds: 2 },
    ]);
  return Object.fromEntries(draw.some(['liveness', 'readiness', 'startup'], 60).map((kind) => [kind, probe()]));
}

function drawIngress(draw: Draw, key: string, ports: readonly string[]): Json {
  return {
    ...(draw.chance(50) ? { optional: true } : {}),
    host: `h-${key}.\${system.namespace}.example.com`,
    ...(draw.chance(30) ? { path: '/a', pathType: 'Exact' } : {}),
    ...(draw.chance(30) ? { port: ports[0] } : {}),
    ...(draw.chance(20) ? { className: 'other' } : {}),
    ...(draw.chance(30) ? { annotations: drawAnnotations(draw) } : {}),
    ...(draw.chance(50)
      ? {
          tls: draw.pick<Json>([
            {},
            { issuer: 'letsencrypt' },
            { secretName: 'own-tls', certificate: { issuer: 'letsencrypt', duration: '2160h' } },
          ]),
        }
      : {}),
  };
}

function drawAutoscale(draw: Draw): Json {
  const min = draw.number(2, 4);
  return {
    min,
    max: min + draw.number(0, 6),
    cpu: 70,
    ...(draw.chance(30) ? { memory: 80 } : {}),
    ...(draw.chance(30) ? { behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } } : {}),
  };
}

function drawEdges(draw: Draw, known: readonly ComponentPlan[], key: string): Json {
  const needs = draw.some(
    known.filter((component) => !component.optional).map((component) => component.key),
    25,
  );
  const talksTo = draw.some([...known.map((component) => component.key), key], 20);
  const mention = (name: string) => {
    const ports = known.find((component) => component.key === name)?.ports ?? [];
    return ports.length > 0 && draw.chance(40) ? { component: name, ports: [draw.pick(ports)] } : name;
  };
  return {
    ...(needs.length > 0 ? { needs: needs.map(mention) } : {}),
    ...(talksTo.length > 0 ? { talksTo: talksTo.map(mention) } : {}),
  };
}

function drawExtra(draw: Draw, scope: SystemScope, known: readonly ComponentPlan[], volumes: Json): Json {
  const mounted = draw.some(Object.keys(volumes), 40);
  return {
    image: draw.pick(images),
    ...(draw.chance(50) ? { env: drawVariables(draw, scope, known) } : {}),
    ...(draw.chance(50) ? { args: [draw.literal()] } : {}),
    ...(mounted.length > 0
      ? {
          mounts: Object.fromEntries(
            mounted.map((name) => [name, draw.chance(50) ? `/m/${name}` : { mountPath: `/m/${name}`, readOnly: true }]),
          ),
        }
      : {}),
    ...(draw.chance(20) ? { resources } : {}),
  };
}

export function drawLabels(draw: Draw): Record<string, string> {
  return Object.fromEntries(draw.some(oddLabelKeys, 30).map((key) => [key, draw.pick(oddLabelValues)]));
}

function drawAnnotations(draw: Draw): Record<string, string> {
  return Object.fromEntries(draw.some(oddLabelKeys, 30).map((key) => [key, draw.literal()]));
}
