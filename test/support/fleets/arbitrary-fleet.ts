import fc, { type Arbitrary } from 'fast-check';
import { stringify } from 'yaml';
import { releaseDigest } from '../../../src/read/read-release.ts';
import { asBytes, type Files } from '../fleet-files.ts';
import { sealedText } from '../sealed-text.ts';
import { type Draw, drawFrom } from './draw.ts';
import { drawLabels } from './draw-component.ts';
import { drawLayer, drawSystem, parameterValue, type SystemPlan } from './draw-system.ts';
import { oddLabels } from './odd-words.ts';

type Json = Record<string, unknown>;

export interface FleetPlan {
  readonly systems: readonly SystemPlan[];
  readonly environments: readonly EnvironmentPlan[];
  /** Documents by path. */
  readonly documents: ReadonlyMap<string, Json>;
  readonly rawFiles: ReadonlyMap<string, string>;
  /** Systems that are also frozen as release 1.0.0. */
  readonly frozen: readonly string[];
  readonly asJson: boolean;
}

export interface EnvironmentPlan {
  readonly name: string;
  readonly path: string;
}

/** Fleets of up to three systems in up to three environments, all of them right. */
export function arbitraryFleet({ environments = 1 } = {}): Arbitrary<FleetPlan> {
  return fc.gen().map((g) => {
    const plan = drawFleet(drawFrom(g), environments);
    return Object.assign(plan, { [fc.toStringMethod]: () => `a fleet of ${plan.documents.size} documents` });
  });
}

/** The inputs of a planned fleet; `changes` replaces documents. */
export function printFleet(plan: FleetPlan, changes: ReadonlyMap<string, Json> = new Map()): Files {
  const files = new Map<string, string>(plan.rawFiles);
  const print = (document: Json) =>
    plan.asJson ? JSON.stringify(document, null, 1) : stringify(document, { aliasDuplicateObjects: false });
  for (const [path, document] of plan.documents) files.set(path, print(changes.get(path) ?? document));
  for (const system of plan.frozen) freeze(files, system);
  return files;
}

function freeze(files: Map<string, string>, system: string): void {
  const [head, folder] = [`systems/${system}`, `systems/${system}/releases/1.0.0`];
  const contents = [...files.keys()].filter((path) => path.startsWith(`${head}/files/`)).sort();
  for (const path of [`${head}/system.yaml`, ...contents]) files.set(path.replace(head, folder), files.get(path) as string);
  const names = new Map(contents.map((path) => [path.slice(`${head}/files/`.length), path]));
  const digest = releaseDigest(asBytes(files), { documentPath: `${head}/system.yaml`, files: names });
  const seal = { apiVersion: 'stowage.dev/v1', kind: 'Release', metadata: { name: '1.0.0' }, spec: { system, digest } };
  files.set(`${folder}/release.yaml`, stringify(seal));
}

function drawFleet(draw: Draw, fewest: number): FleetPlan {
  const systems = draw.different([...oddLabels, 's'.repeat(63)], draw.number(1, 3)).map((name) => drawSystem(draw, name));
  const frozen = systems.filter(() => draw.chance(30)).map((system) => system.name);
  const clusters = draw.different(['c1', 'null', '1'], draw.number(1, 2));
  const documents = new Map<string, Json>();
  const rawFiles = new Map<string, string>();
  documents.set('stowage.yaml', {
    apiVersion: 'stowage.dev/v1',
    kind: 'Fleet',
    metadata: { name: 'random' },
    spec: {
      repository: { url: 'https://git.example.com/a/b.git', ...(draw.chance(30) ? { branch: 'x/y', path: 'fleet' } : {}) },
      stages: { dev: {}, y: { sync: 'manual', prune: true }, prod: { protected: true } },
    },
  });
  for (const system of systems) {
    documents.set(`systems/${system.name}/system.yaml`, system.document);
    for (const [path, text] of system.files) rawFiles.set(`systems/${system.name}/files/${path}`, text);
  }
  for (const cluster of clusters) documents.set(`clusters/${cluster}/cluster.yaml`, drawCluster(draw, cluster));
  const environments = draw
    .different(['dev', '1', 'yes', '0x10', 'cluster-1'], draw.number(fewest, 3))
    .map((name): EnvironmentPlan => {
      const cluster = draw.pick(clusters);
      const path = `clusters/${cluster}/${name}.yaml`;
      documents.set(path, drawEnvironment(draw, name, systems, frozen));
      for (const system of systems) {
        for (const [secret, keys] of system.secrets) {
          if (!draw.chance(30)) continue;
          const encryptedData = Object.fromEntries(draw.some(keys, 60).map((key) => [key, sealedText(key)]));
          documents.set(`clusters/${cluster}/sealed/${name}/${system.name}/${secret}.yaml`, {
            apiVersion: 'bitnami.com/v1alpha1',
            kind: 'SealedSecret',
            metadata: { name: secret, annotations: { 'sealedsecrets.bitnami.com/cluster-wide': 'true' } },
            spec: { encryptedData },
          });
        }
      }
      return { name, path };
    });
  return { systems, environments, documents, rawFiles, frozen, asJson: draw.chance(50) };
}

function drawCluster(draw: Draw, name: string): Json {
  const monitored = draw.chance(40) ? ['monitoring.coreos.com/v1/ServiceMonitor'] : [];
  return {
    apiVersion: 'stowage.dev/v1',
    kind: 'Cluster',
    metadata: { name },
    spec: {
      kubernetes: `1.${draw.number(29, 36)}`,
      ...(draw.chance(30) ? { domain: 'k8s.example.com' } : {}),
      ...(draw.chance(30) ? { destination: { name } } : {}),
      // All that the drawn Systems ask for; test/check is about clusters that lack some of it.
      ingressClasses: draw.pick<Json>([
        { nginx: { default: true, namespace: 'web' }, other: {} },
        { traefik: { default: true }, other: { namespace: 'edge' } },
        { other: {} },
      ]),
      storageClasses: { standard: { default: true }, fast: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } },
      customResources: [
        'bitnami.com/v1alpha1/SealedSecret',
        'cert-manager.io/v1/Certificate',
        'example.com/v1/Widget',
        'example.com/v1/Realm',
        ...monitored,
      ],
      gpuPools: { fast: { resource: 'example.com/gpu', labels: { gpu: 'true' }, taint: 'gpu', count: 1_000 } },
      loadBalancer: true,
      metricsServer: true,
    },
  };
}

function drawEnvironment(draw: Draw, name: string, systems: readonly SystemPlan[], frozen: readonly string[]): Json {
  const chosen = systems.filter((_, index) => index === 0 || draw.chance(70));
  const settings = Object.fromEntries(chosen.map((system) => [system.name, drawSettings(draw, name, system, frozen)]));
  return {
    apiVersion: 'stowage.dev/v1',
    kind: 'Environment',
    metadata: { name },
    spec: {
      ...(draw.chance(60) ? { stage: draw.pick(['dev', 'y']) } : {}),
      ...(draw.chance(40) ? { labels: drawLabels(draw) } : {}),
      ...(draw.chance(20) ? { freeze: [{ schedule: '0 18 * * 5', duration: '62h', timeZone: 'Europe/Berlin' }] } : {}),
      systems: settings,
    },
  };
}

function drawSettings(draw: Draw, environment: string, system: SystemPlan, frozen: readonly string[]): Json {
  const namespace = `n-${environment}-${system.name.slice(0, 20)}`;
  const layer = drawLayer(draw, { ...system, prefixed: system.prefix !== '' });
  const required = [...system.parameters].filter(([, { required: must }]) => must);
  const components = { ...((layer.components ?? {}) as Record<string, Json>) };
  for (const component of system.components) {
    if (!component.serves || !draw.chance(15)) continue;
    components[component.key] = {
      ...components[component.key],
      external: draw.pick<Json>([
        { host: 'db.example.com', port: 5432, cidr: '10.1.0.0/16' },
        { url: 'https://s3.example.com:9443/x' },
        {
          host: 'db.example.com',
          ports: Object.fromEntries(component.ports.map((port, index) => [port, 7000 + index])),
          cidrs: ['10.0.0.0/8', 'fd00::/8'],
        },
      ]),
    };
  }
  const patches = draw.chance(40) ? drawPatches(draw, system, components) : [];
  return {
    ...(frozen.includes(system.name) && draw.chance(60) ? { release: '1.0.0' } : {}),
    namespace: draw.chance(60)
      ? namespace
      : {
          name: namespace,
          ...(draw.chance(30) ? { create: false } : {}),
          ...(draw.chance(40) ? { labels: drawLabels(draw) } : {}),
          ...(draw.chance(40) ? { quota: { pods: 50, 'requests.cpu': '8' } } : {}),
        },
    ...(system.profiles.length > 0 ? { profiles: draw.some(system.profiles, 50) } : {}),
    ...layer,
    ...(Object.keys(components).length > 0 ? { components } : {}),
    ...(required.length > 0 || layer.parameters !== undefined
      ? {
          parameters: {
            ...((layer.parameters ?? {}) as Json),
            ...Object.fromEntries(required.map(([name, { type }]) => [name, parameterValue(draw, type)])),
          },
        }
      : {}),
    ...(draw.chance(20)
      ? { objects: { extra: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' }, data: { a: draw.literal() } } } }
      : {}),
    ...(patches.length > 0 ? { patches } : {}),
    ...(draw.chance(20) ? { labels: drawLabels(draw) } : {}),
    ...(draw.chance(20) ? { freeze: [{ schedule: '0 0 * * *', duration: '30m' }] } : {}),
  };
}

/** Patches of what is surely there: of components that nothing can switch off. */
function drawPatches(draw: Draw, system: SystemPlan, components: Record<string, Json>): Json[] {
  const present = system.components.filter(
    (component) => !component.optional && components[component.key]?.external === undefined,
  );
  const policies = present.map((component): Json => {
    const target = { kind: 'NetworkPolicy', name: component.objectName };
    return draw.chance(50)
      ? { target, reason: draw.text() || 'none', merge: { metadata: { annotations: { 'example.com/note': draw.text() } } } }
      : {
          target,
          reason: 'more',
          json: [
            { op: 'add', path: '/metadata/labels/x', value: 'no' },
            { op: 'add', path: '/spec/egress/-', value: { ports: [{ port: 99 }] } },
          ],
        };
  });
  const workloads = present
    .filter((component) => component.workload !== 'CronJob')
    .map((component): Json => {
      const target = { kind: component.workload, name: component.objectName };
      const merge = {
        metadata: { labels: { patched: '1' } },
        spec: {
          template: {
            spec: {
              priorityClassName: 'high',
              containers: [
                {
                  name: component.key,
                  env: [{ name: 'PATCHED', value: draw.text() }],
                  terminationMessagePolicy: 'FallbackToLogsOnError',
                },
              ],
            },
          },
        },
      };
      const json = [
        { op: 'test', path: '/kind', value: component.workload },
        { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'patched:1' },
        { op: 'remove', path: '/spec/template/spec/enableServiceLinks' },
      ];
      return draw.chance(50) ? { target, reason: 'a', merge } : { target, reason: 'b', json };
    });
  const account = {
    target: { kind: 'ServiceAccount', name: system.name },
    reason: 'c',
    merge: { automountServiceAccountToken: null, imagePullSecrets: [{ name: 'pull' }] },
  };
  return draw.some([...policies, ...workloads, account], 40);
}
