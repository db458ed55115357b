import { describe, expect, test } from 'vitest';
import { lineAndColumn } from '../../src/model/source-file.ts';
import { type CompiledFleet, compileFleet } from '../support/compile-fleet.ts';

/** One System on one cluster, each as YAML in flow style. */
function fleet(facts: string, spec: string, entry = '{}'): CompiledFleet {
  const head = (kind: string, name: string) => `apiVersion: stowage.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  return compileFleet(
    new Map([
      ['stowage.yaml', `${head('Fleet', 'f')}spec: { repository: { url: "https://git.example.com/f.git" } }\n`],
      ['clusters/dev/cluster.yaml', `${head('Cluster', 'dev')}spec: { kubernetes: "1.35"${facts === '' ? '' : `, ${facts}`} }\n`],
      ['clusters/dev/dev.yaml', `${head('Environment', 'dev')}spec: { systems: { shop: ${entry} } }\n`],
      ['systems/shop/system.yaml', `${head('System', 'shop')}spec: ${spec}\n`],
    ]),
  );
}

const problems = (compiled: CompiledFleet) => compiled.diagnostics.map(({ code, message }) => `${code}: ${message}`);
const web = (fields: string) => `{ components: { web: { image: "example/web:1", ports: { http: 80 }, ${fields} } } }`;
const objects = (...written: string[]) =>
  `{ components: { web: { image: "example/web:1" } }, objects: { ${written.map((object, index) => `o${index}: ${object}`).join(', ')} } }`;

const volume = (fields: string) => web(`strategy: Recreate, volumes: { data: { mountPath: /data, size: 1Gi${fields} } }`);
const stateful = (fields: string) => web(`workload: StatefulSet, volumes: { data: { mountPath: /data, size: 1Gi${fields} } }`);
const ephemeral = (spec: string) =>
  web(
    `volumes: { data: { mountPath: /data, source: { ephemeral: { volumeClaimTemplate: { spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }, ${spec} } } } } } }`,
  );
const ingress = (fields: string) => web(`ingress: { host: a.example.com${fields} }`);
const rawIngress = (metadata: string, spec = '') =>
  objects(
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: i${metadata} }, spec: { ${spec}defaultBackend: { service: { name: web, port: { number: 80 } } } } }`,
  );
const gpu = (fields: string) => web(`gpu: { ${fields} }`);
const scaled = (fields: string) => web(`resources: { requests: { cpu: 1, memory: 1Gi } }, autoscale: { max: 3${fields} }`);
const published = (nodePort: number) =>
  `{ components: { web: { image: "example/web:1", ports: { http: { port: 80, nodePort: ${nodePort} } }, service: { type: NodePort } } } }`;
const queue = 'metrics: [{ type: Pods, pods: { metric: { name: queue }, target: { type: AverageValue, averageValue: 10 } } }]';
const autoscaler = (version: string) =>
  objects(
    `{ apiVersion: autoscaling/${version}, kind: HorizontalPodAutoscaler, metadata: { name: h }, spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop-web } } }`,
  );
const podMonitor =
  '{ apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, metadata: { name: m }, spec: { selector: {}, podMetricsEndpoints: [] } }';
const region = (version: string) => `{ apiVersion: example.com/${version}, kind: Region, metadata: { name: r } }`;
const requires =
  '{ requires: { customResources: [{ apiVersion: example.com/v1, kind: Region }] }, components: { web: { image: "e/w:1" } } }';
const definition =
  '{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: regions.example.com }, spec: { group: example.com, scope: Namespaced, names: { kind: Region, plural: regions }, versions: [{ name: v1, served: true, storage: true }] } }';

const one = 'storageClasses: { fast: { default: true, accessModes: [ReadWriteOnce] } }';

/** What a cluster says, what a System asks for, and the problem; none where the two fit or nothing is known. */
const cases: Record<string, readonly (readonly [facts: string, spec: string, problem?: RegExp])[]> = {
  StorageClass: [
    [one, volume(', storageClass: fast')],
    [one, volume('')],
    [
      one,
      volume(', storageClass: slow'),
      /storage-class: PersistentVolumeClaim\/shop-web asks for StorageClass `slow`.* does not list it/,
    ],
    ['', volume(', storageClass: slow'), /asks for StorageClass `slow`/],
    ['', volume('')],
    ['storageClasses: {}', volume(''), /asks for the default StorageClass.* lists none that is the default/],
    ['storageClasses: { fast: {} }', volume(''), /asks for the default StorageClass/],
    ['storageClasses: { fast: {} }', volume(', storageClass: ""')],
    ['storageClasses: { fast: {} }', volume(', storageClass: fast, accessModes: [ReadWriteMany]')],
    [
      one,
      volume(', accessModes: [ReadWriteOnce, ReadWriteMany]'),
      /access mode ReadWriteMany of StorageClass `fast`.* offers ReadWriteOnce/,
    ],
    ['storageClasses: { fast: { accessModes: [] } }', volume(', storageClass: fast'), /says that it offers none/],
    [one, stateful(', storageClass: slow'), /volume `data` of StatefulSet\/shop-web asks for StorageClass `slow`/],
    [one, stateful(', accessModes: [ReadWriteMany]'), /volume `data` of StatefulSet\/shop-web asks for access mode/],
    [one, ephemeral('storageClassName: slow'), /volume `data` of Deployment\/shop-web asks for StorageClass `slow`/],
    [one, ephemeral('storageClassName: fast')],
    ['', volume(', storageClass: constructor'), /StorageClass `constructor`/],
  ],
  IngressClass: [
    ['ingressClasses: { nginx: {} }', ingress(', className: nginx')],
    ['ingressClasses: { nginx: {} }', ingress('')],
    [
      'ingressClasses: { nginx: {} }',
      ingress(', className: traefik'),
      /ingress-class: Ingress\/shop-web asks for IngressClass `traefik`/,
    ],
    ['', ingress(', className: traefik'), /asks for IngressClass `traefik`/],
    ['', ingress('')],
    ['ingressClasses: {}', ingress(''), /asks for the default IngressClass/],
    ['ingressClasses: { a: {}, b: {} }', ingress(''), /asks for the default IngressClass/],
    ['ingressClasses: { a: {}, b: { default: true } }', ingress('')],
    ['ingressClasses: { a: {} }', rawIngress(''), /asks for the default IngressClass/],
    ['ingressClasses: { a: {} }', rawIngress('', 'ingressClassName: b, '), /IngressClass `b`/],
    ['ingressClasses: { a: {} }', rawIngress(', annotations: { kubernetes.io/ingress.class: b }'), /IngressClass `b`/],
    ['ingressClasses: { a: {} }', rawIngress(', annotations: { kubernetes.io/ingress.class: a }')],
  ],
  RuntimeClass: [
    ['runtimeClasses: [kata]', web('runtimeClassName: kata')],
    [
      'runtimeClasses: [gvisor]',
      web('runtimeClassName: kata'),
      /runtime-class: Deployment\/shop-web asks for RuntimeClass `kata`/,
    ],
    ['', web('runtimeClassName: kata'), /RuntimeClass `kata`/],
    [
      '',
      web('workload: CronJob, schedule: "0 0 * * *", runtimeClassName: kata'),
      /CronJob\/shop-web asks for RuntimeClass `kata`/,
    ],
    ['runtimeClasses: []', web('')],
  ],
  'custom resources': [
    ['customResources: [monitoring.coreos.com/v1/PodMonitor]', objects(podMonitor)],
    ['', objects(podMonitor), /custom-resource: PodMonitor\/m is of the custom resource .* does not list it/],
    ['customResources: [example.com/v1/Region]', objects(region('v1'))],
    ['customResources: [example.com/v2/Region]', objects(region('v1')), /cluster dev lists example.com\/v2\/Region only/],
    ['', objects(region('v1'), region('v1').replace('name: r', 'name: s')), /Region\/r is of the custom resource/],
    ['', objects(region('v1'), definition)],
    ['', objects(region('v2'), definition), /Region\/r is of the custom resource example.com\/v2\/Region/],
    ['', requires, /shop requires the custom resource example.com\/v1\/Region/],
    ['customResources: [example.com/v1/Region]', requires],
  ],
  'GPU pools': [
    ['gpuPools: { big: { count: 4 } }', gpu('pool: big, count: 4')],
    ['gpuPools: { big: { count: 4 } }', gpu('pool: small'), /gpu-pool: component `web` asks for GPUs of pool `small`/],
    ['', gpu('pool: small'), /asks for GPUs of pool `small`/],
    ['', gpu('count: 9')],
    ['gpuPools: {}', gpu(''), /asks for GPUs .*has no pool of them/],
    ['gpuPools: { big: {} }', gpu('count: 9')],
    ['gpuPools: { big: { count: 4 } }', web('gpu: { count: 5 }, replicas: 0')],
    ['gpuPools: { big: { count: 4 } }', gpu('count: 5'), /asks for 5 GPUs of pool `big`.* has 4/],
    ['gpuPools: { big: { count: 4 } }', web('gpu: { count: 2 }, replicas: 3'), /asks for 6 GPUs \(2 in each of 3 pods\)/],
    ['gpuPools: { big: { count: 4 } }', web(`gpu: { count: 2 }, replicas: 9, autoscale: { min: 2, max: 2, ${queue} }`)],
    [
      'gpuPools: { big: { count: 4 } }',
      '{ components: { a: { image: "e/a:1", gpu: { count: 3 } }, b: { image: "e/b:1", gpu: { count: 2 } } } }',
      /component `b` asks for 2 GPUs beside the 3 of other components/,
    ],
    [
      'gpuPools: { big: { count: 4 } }',
      '{ components: { a: { workload: Job, image: "e/a:1", gpu: { count: 3 } }, b: { workload: Job, image: "e/b:1", gpu: { count: 2 } } } }',
    ],
    [
      'gpuPools: { big: { count: 4 } }',
      '{ components: { a: { workload: Job, image: "e/a:1", gpu: { count: 3 } }, b: { image: "e/b:1", gpu: { count: 2 } } } }',
      /component `a` asks for 3 GPUs beside the 2 of other components/,
    ],
  ],
  'node ports': [
    ['loadBalancer: false', published(30080)],
    [
      'loadBalancer: false',
      published(8080),
      /node-port: Service\/shop-web asks for node port 8080 .* gives those of 30000-32767, as is usual/,
    ],
    ['nodePorts: 8000-9000', published(8080)],
    ['nodePorts: 8000-9000', published(30080), /node-port: .* gives those of 8000-9000$/],
    // Without the type nobody asks for it.
    ['nodePorts: 8000-9000', published(30080).replace('NodePort', 'ClusterIP')],
  ],
  'load balancers': [
    ['loadBalancer: true', web('service: { type: LoadBalancer }')],
    ['loadBalancer: false', web('service: { type: LoadBalancer }'), /load-balancer: Service\/shop-web asks .* has none/],
    ['', web('service: { type: LoadBalancer }'), /does not say that it has any/],
    ['loadBalancer: false', web('service: { type: NodePort }')],
  ],
  'metrics-server': [
    ['metricsServer: true', scaled(', cpu: 70')],
    [
      'metricsServer: false',
      scaled(', cpu: 70'),
      /metrics-server: HorizontalPodAutoscaler\/shop-web asks for the cpu .* does not measure/,
    ],
    ['', scaled(', memory: 70'), /asks for the memory of its pods.* does not say that it measures/],
    ['', scaled(`, ${queue}`)],
    ['', scaled(', cpu: 70'), /asks for the cpu/],
    ['', autoscaler('v1'), /HorizontalPodAutoscaler\/h asks for the cpu/],
    ['', autoscaler('v2'), /HorizontalPodAutoscaler\/h asks for the cpu/],
  ],
  'kubernetes version': [
    ['', '{ requires: { kubernetes: ">=1.35" }, components: { web: { image: "e/w:1" } } }'],
    [
      '',
      '{ requires: { kubernetes: ">=1.30 <1.35" }, components: { web: { image: "e/w:1" } } }',
      /requires Kubernetes >=1.30 <1.35.* runs 1.35/,
    ],
  ],
};

for (const [capability, variants] of Object.entries(cases)) {
  describe(capability, () => {
    for (const [facts, spec, problem] of variants)
      test(`${facts === '' ? 'nothing is said' : facts}: ${spec}`, () => {
        expect(problems(fleet(facts, spec))).toEqual(problem === undefined ? [] : [expect.stringMatching(problem)]);
      });
  });
}

describe('a lack is told', () => {
  const asking = web('runtimeClassName: kata');

  test('at the field that asks, beside the fact and the environment', () => {
    const [problem] = fleet('runtimeClasses: [gvisor]', asking).diagnostics;
    const shown = (place: { file: { path: string; text: string }; start: number; end: number }) => [
      place.file.path,
      place.file.text.slice(place.start, place.end),
    ];
    expect(problem && shown(problem.place)).toEqual(['systems/shop/system.yaml', 'kata']);
    expect(problem?.related?.map(({ place }) => shown(place))).toEqual([
      ['clusters/dev/cluster.yaml', 'runtimeClasses'],
      ['clusters/dev/dev.yaml', 'shop'],
    ]);
  });

  test('at the layer that won, with its name', () => {
    const profile =
      '{ components: { web: { image: "e/w:1" } }, profiles: { safe: { components: { web: { runtimeClassName: kata } } } } }';
    const [byProfile] = fleet('', profile, '{ profiles: [safe] }').diagnostics;
    expect(byProfile?.message).toContain('(profile safe)');
    const [byEnvironment] = fleet('', asking, '{ components: { web: { runtimeClassName: runc } } }').diagnostics;
    expect(byEnvironment?.message).toContain('`runc` (environment dev)');
    expect(byEnvironment?.place.file.path).toBe('clusters/dev/dev.yaml');
    const patch =
      '{ patches: [{ target: { kind: Deployment, name: shop-web }, reason: r, merge: { spec: { template: { spec: { runtimeClassName: runc } } } } }] }';
    const [byPatch] = fleet('', asking, patch).diagnostics;
    expect(byPatch?.message).toContain('`runc` (environment dev)');
  });

  test('where the fact would stand, when the cluster says nothing', () => {
    const [problem] = fleet('', asking).diagnostics;
    const fact = problem?.related?.[0];
    expect(fact?.message).toBe('`runtimeClasses` would stand here');
    expect(fact && lineAndColumn(fact.place.file, fact.place.start).line).toBe(4);
  });
});

const object = (apiVersion: string, kind: string, spec: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${kind.toLowerCase()} }, spec: ${spec} }`;

test('objects of the wrong shape are told by their schema', () => {
  const { diagnostics } = fleet(
    'storageClasses: {}',
    objects(
      object('apps/v1', 'StatefulSet', '{ volumeClaimTemplates: [null, text], template: { spec: { volumes: [null, 1] } } }'),
      object('v1', 'PersistentVolumeClaim', '[text]'),
      object('networking.k8s.io/v1', 'Ingress', 'text'),
      object('autoscaling/v2', 'HorizontalPodAutoscaler', '{ metrics: [null, { type: Resource, resource: 1 }] }'),
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', '{ versions: [null] }'),
      region('v1'),
    ),
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(['unknown-kubernetes-field', 'custom-resource']));
});

test.each([
  ...['containers', 'initContainers', 'volumes', 'imagePullSecrets'].map((list) => `template: { spec: { ${list}: [null] } }`),
  ...['env', 'envFrom', 'ports', 'volumeMounts'].map(
    (list) => `template: { spec: { containers: [{ name: c, ${list}: [null] }] } }`,
  ),
])('a Deployment with nothing in a list is told by its schema: %s', (spec) => {
  const { diagnostics } = fleet('', objects(object('apps/v1', 'Deployment', `{ ${spec} }`)));
  expect(diagnostics.map(({ code }) => code)).toContain('unknown-kubernetes-field');
});

test.each([
  ['v1', 'Service', '{ ports: [null, { port: 80, nodePort: 30080 }] }'],
  ['networking.k8s.io/v1', 'Ingress', '{ rules: [null, { http: { paths: [null] } }], tls: [null] }'],
  ['networking.k8s.io/v1', 'NetworkPolicy', '{ egress: [null, { to: [null], ports: [null] }] }'],
])('a %s %s with nothing in a list is told by its schema', (apiVersion, kind, spec) => {
  const { diagnostics } = fleet('ingressClasses: {}', objects(object(apiVersion, kind, spec)));
  expect(diagnostics.map(({ code }) => code)).toContain('unknown-kubernetes-field');
});

test('an autoscaler that says nothing scales nothing', () => {
  const autoscaler = '{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: h } }';
  const { outputs } = fleet('metricsServer: true', objects(autoscaler));
  expect(outputs.get('argocd/dev/dev/shop.application.yaml')).not.toContain('ignoreDifferences');
});

test('replicas are left to the autoscaler of whatever kind it scales', () => {
  const scaled = (target: string) =>
    object('autoscaling/v2', 'HorizontalPodAutoscaler', `{ maxReplicas: 3, scaleTargetRef: { ${target} } }`);
  const { outputs } = fleet('metricsServer: true', objects(scaled('apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web')));
  expect(outputs.get('argocd/dev/dev/shop.application.yaml')).toContain(
    '- group: argoproj.io\n      kind: Rollout\n      name: web\n      jsonPointers:\n        - /spec/replicas\n',
  );
});

test('short forms ask for the custom resources that they become', () => {
  const secret =
    '{ secrets: { login: { keys: { password: {} } } }, components: { web: { image: "e/w:1", env: { P: "${secrets.login.password}" } } } }';
  expect(problems(fleet('', secret))).toEqual([
    expect.stringMatching(/^custom-resource: SealedSecret\/shop-login is of .* \(system shop\)/),
  ]);
  const certificate = ingress(', tls: { certificate: { issuer: letsencrypt } }');
  expect(problems(fleet('', certificate))).toEqual([expect.stringMatching(/^custom-resource: Certificate\/shop-web is of/)]);
});

describe('expressions', () => {
  test.each([
    ['runtimeClasses: [kata]', '"kata" in cluster.runtimeClasses', 'true'],
    ['', '"kata" in cluster.runtimeClasses', 'false'],
    ['storageClasses: { a: {}, b: {} }', 'cluster.storageClasses.join()', 'ab'],
    ['ingressClasses: { a: {} }', 'size(cluster.ingressClasses)', '1'],
    ['gpuPools: { big: {} }', '"big" in cluster.gpuPools', 'true'],
    ['customResources: [a.b/v1/C]', '"a.b/v1/C" in cluster.customResources', 'true'],
    ['loadBalancer: true', 'cluster.loadBalancer && !cluster.metricsServer', 'true'],
  ])('%s: %s', (facts, expression, value) => {
    const compiled = fleet(facts, web(`env: { ANSWER: '\${${expression}}' }`));
    expect(problems(compiled)).toEqual([]);
    const [system] = compiled.systems;
    const deployment = system?.compiled.desired.find(({ kind }) => kind === 'Deployment');
    expect(JSON.stringify(deployment?.plain)).toContain(`{"name":"ANSWER","value":"${value}"}`);
  });

  test.each(['cluster.runtimeClasses + 1', 'cluster.storageClass', 'cluster.loadBalancer == "yes"'])(
    '%s is refused',
    (expression) => {
      expect(problems(fleet('', web(`env: { ANSWER: '\${${expression}}' }`)))).toEqual([
        expect.stringMatching(/^expression-type: /),
      ]);
    },
  );
});
