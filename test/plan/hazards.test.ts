import { expect, test } from 'vitest';
import { hazardOrder } from '../../src/plan/hazards/rules.ts';
import { hazardsOf } from './plan-objects.ts';

interface Case {
  readonly change: string;
  readonly before: string;
  readonly after: string;
  readonly hazards: readonly string[];
}

const meta = (name: string, more = '') => `metadata: {name: ${name}, namespace: shop${more}}`;
const workload = (kind: string, spec: string, pod = 'containers: [{name: web, image: "web:1"}]', more = '') =>
  `{apiVersion: apps/v1, kind: ${kind}, ${meta('web', more)}, spec: {${spec}${spec === '' ? '' : ', '}template: {metadata: {labels: {app: web}}, spec: {${pod}}}}}`;
const object = (apiVersion: string, kind: string, fields: string, name = 'web') =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, ${meta(name)}, ${fields}}`;
const restricted =
  'securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, automountServiceAccountToken: false';
const confined = 'allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}';
const pod = (security = '', more = restricted, rest = '') =>
  `${more}, containers: [{name: web, image: "web:1", securityContext: {${confined}${security}}}]${rest}`;
const claim = (size: string, more = '') =>
  object(
    'v1',
    'PersistentVolumeClaim',
    `spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}${more}}`,
    'data',
  );
const policy = (spec: string) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', `spec: {podSelector: {matchLabels: {app: web}}, ${spec}}`);
const service = (spec: string) => object('v1', 'Service', `spec: {${spec}}`);
const role = (rules: string) => object('rbac.authorization.k8s.io/v1', 'Role', `rules: [${rules}]`);
const definition = (versions: string) =>
  `{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: carts.shop.example}, spec: {group: shop.example, versions: [${versions}]}}`;
const replaced = ', annotations: {argocd.argoproj.io/sync-options: "Force=true,Replace=true"}';
const job = (image: string, more = '', spec = '') =>
  `{apiVersion: batch/v1, kind: Job, ${meta('seed', more)}, spec: {${spec}template: {spec: {containers: [{name: seed, image: "${image}"}]}}}}`;
const many = (...objects: string[]) => objects.join('\n---\n');
const template = (name: string) =>
  `volumeClaimTemplates: [{metadata: {name: ${name}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]`;
const refused = (fields: string) => `the API server will refuse to change ${fields}; the object must be deleted and made again`;
const config = (data: string, more = '') => object('v1', 'ConfigMap', `data: {${data}}${more}`, 'settings');
const namespace = (labels: string) => `{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {${labels}}}}`;
const level = (name: string) => `pod-security.kubernetes.io/enforce: ${name}`;
const mounts = (source: string) => pod('', restricted, `, volumes: [{name: data, ${source}}]`);

/** Each hazard beside what is nearly one. */
const cases: readonly Case[] = [
  { change: 'an object goes', before: config('a: b'), after: '', hazards: ['!delete ConfigMap/settings: is no longer declared'] },
  { change: 'an object comes', before: '', after: config('a: b'), hazards: [] },
  {
    change: 'a selector',
    before: workload('Deployment', 'selector: {matchLabels: {app: web}}'),
    after: workload('Deployment', 'selector: {matchLabels: {app: shop}}'),
    hazards: [`!immutable Deployment/web: ${refused('spec.selector')}`],
  },
  {
    change: 'labels of the Deployment itself',
    before: workload('Deployment', 'selector: {matchLabels: {app: web}}'),
    after: workload('Deployment', 'selector: {matchLabels: {app: web}}', undefined, ', labels: {app: shop}'),
    hazards: [],
  },
  {
    change: 'the size in a claim template',
    before: workload('StatefulSet', template('data')),
    after: workload('StatefulSet', template('data').replace('1Gi', '2Gi')),
    hazards: [`!immutable StatefulSet/web: ${refused('spec.volumeClaimTemplates')}`],
  },
  {
    change: 'the name of a claim template',
    before: workload('StatefulSet', template('data')),
    after: workload('StatefulSet', template('state')),
    hazards: [
      `!immutable StatefulSet/web: ${refused('spec.volumeClaimTemplates')}`,
      '!volume StatefulSet/web: claim template data is gone; pods no longer see what is in its volumes',
    ],
  },
  {
    change: 'what a StatefulSet may change',
    before: workload('StatefulSet', `${template('data')}, replicas: 2`),
    after: workload('StatefulSet', `${template('data')}, replicas: 3, minReadySeconds: 5`),
    hazards: [],
  },
  {
    change: 'a default that is said',
    before: workload('StatefulSet', 'serviceName: web'),
    after: workload('StatefulSet', 'serviceName: web, podManagementPolicy: OrderedReady'),
    hazards: [],
  },
  {
    change: 'a Job that nobody replaces',
    before: job('seed:1'),
    after: job('seed:2'),
    hazards: [`!immutable Job/seed: ${refused('spec.template')}`],
  },
  {
    change: 'a Job that is replaced',
    before: job('seed:1', replaced),
    after: job('seed:2', replaced),
    hazards: ['restart Job/seed: is deleted and runs again'],
  },
  { change: 'a Job as it was', before: job('seed:1', replaced), after: job('seed:1', replaced), hazards: [] },
  {
    change: 'how long a Job may take',
    before: job('seed:1'),
    after: job('seed:1', '', 'activeDeadlineSeconds: 60, '),
    hazards: [],
  },
  {
    change: 'a Service becomes headless',
    before: service('ports: [{port: 80}]'),
    after: service('clusterIP: None, ports: [{port: 80}]'),
    hazards: [`!immutable Service/web: ${refused('spec.clusterIP')}`],
  },
  {
    change: 'a headless Service gets a port',
    before: service('clusterIP: None'),
    after: service('clusterIP: None, ports: [{port: 80}]'),
    hazards: [],
  },
  {
    change: 'an external name becomes a Service',
    before: service('type: ExternalName, externalName: a.b'),
    after: service('clusterIP: None'),
    hazards: [],
  },
  {
    change: 'a claim shrinks',
    before: claim('2Gi'),
    after: claim('1Gi'),
    hazards: [`!immutable PersistentVolumeClaim/data: ${refused('spec.resources.requests.storage (it shrinks)')}`],
  },
  { change: 'a claim grows', before: claim('1Gi'), after: claim('2048Mi'), hazards: [] },
  {
    change: 'the class of a claim',
    before: claim('1Gi', ', storageClassName: slow'),
    after: claim('1Gi', ', storageClassName: fast'),
    hazards: [`!immutable PersistentVolumeClaim/data: ${refused('spec.storageClassName')}`],
  },
  {
    change: 'the role of a binding',
    before: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: {kind: Role, name: a}, subjects: []'),
    after: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: {kind: Role, name: b}, subjects: []'),
    hazards: [`!immutable RoleBinding/web: ${refused('roleRef')}`],
  },
  {
    change: 'an immutable ConfigMap',
    before: config('a: b', ', immutable: true'),
    after: config('a: c', ', immutable: true'),
    hazards: [`!immutable ConfigMap/settings: ${refused('data')}`],
  },
  {
    change: 'a ConfigMap that becomes immutable',
    before: config('a: b'),
    after: config('a: c', ', immutable: true'),
    hazards: [],
  },
  {
    change: 'the provisioner of a StorageClass',
    before: '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: a}',
    after: '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: b}',
    hazards: [`!immutable StorageClass/fast: ${refused('provisioner')}`],
  },
  {
    change: 'the class of an Ingress',
    before: object('networking.k8s.io/v1', 'Ingress', 'spec: {ingressClassName: a}'),
    after: object('networking.k8s.io/v1', 'Ingress', 'spec: {ingressClassName: b}'),
    hazards: [],
  },
  {
    change: 'a claim goes',
    before: claim('1Gi'),
    after: '',
    hazards: [
      '!delete PersistentVolumeClaim/data: is no longer declared',
      '!volume PersistentVolumeClaim/data: when the claim goes, its volume of 1Gi goes too, unless its class retains it',
    ],
  },
  {
    change: 'a StatefulSet with claims goes',
    before: workload('StatefulSet', `${template('data')}, replicas: 3`),
    after: '',
    hazards: [
      '!delete StatefulSet/web: is no longer declared',
      '!volume StatefulSet/web: its claims data (3 pods) stay behind, and nobody reads them',
    ],
  },
  {
    change: 'a StatefulSet whose claims go with it',
    before: workload(
      'StatefulSet',
      `${template('data')}, replicas: 1, persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}`,
    ),
    after: '',
    hazards: [
      '!delete StatefulSet/web: is no longer declared',
      '!volume StatefulSet/web: its claims data (1 pod) are deleted with it',
    ],
  },
  {
    change: 'a StatefulSet without claims goes',
    before: workload('StatefulSet', ''),
    after: '',
    hazards: ['!delete StatefulSet/web: is no longer declared'],
  },
  {
    change: 'fewer pods, whose claims go',
    before: workload(
      'StatefulSet',
      `${template('data')}, replicas: 3, persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}`,
    ),
    after: workload(
      'StatefulSet',
      `${template('data')}, replicas: 1, persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}`,
    ),
    hazards: ['!volume StatefulSet/web: 2 of 3 pods go, and their claims with them'],
  },
  {
    change: 'a claim that becomes an empty folder',
    before: workload('Deployment', 'replicas: 0', mounts('persistentVolumeClaim: {claimName: data}')),
    after: workload('Deployment', 'replicas: 0', mounts('emptyDir: {}')),
    hazards: ['!volume Deployment/web: volume data was claim data and is emptyDir'],
  },
  {
    change: 'an empty folder that becomes a claim',
    before: workload('Deployment', 'replicas: 0', mounts('emptyDir: {}')),
    after: workload('Deployment', 'replicas: 0', mounts('persistentVolumeClaim: {claimName: data}')),
    hazards: [],
  },
  {
    change: 'an image',
    before: workload('Deployment', 'replicas: 3', 'containers: [{name: web, image: "web:1"}]'),
    after: workload('Deployment', 'replicas: 3', 'containers: [{name: web, image: "web:2"}]'),
    hazards: ['restart Deployment/web: 3 pods'],
  },
  {
    change: 'an image, all pods at once',
    before: workload('Deployment', 'strategy: {type: Recreate}', 'containers: [{name: web, image: "web:1"}]'),
    after: workload('Deployment', 'strategy: {type: Recreate}', 'containers: [{name: web, image: "web:2"}]'),
    hazards: ['restart Deployment/web: 1 pod, all at once'],
  },
  {
    change: 'an image under an autoscaler',
    before: many(
      workload('Deployment', '', 'containers: [{name: web, image: "web:1"}]'),
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}',
      ),
    ),
    after: many(
      workload('Deployment', '', 'containers: [{name: web, image: "web:2"}]'),
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}',
      ),
    ),
    hazards: ['restart Deployment/web: 2 to 5 pods'],
  },
  {
    change: 'an image on each node',
    before: workload('DaemonSet', '', 'containers: [{name: web, image: "web:1"}]'),
    after: workload('DaemonSet', '', 'containers: [{name: web, image: "web:2"}]'),
    hazards: ['restart DaemonSet/web: one pod on each node'],
  },
  {
    change: 'an image of what has no pods',
    before: workload('Deployment', 'replicas: 0', 'containers: [{name: web, image: "web:1"}]'),
    after: workload('Deployment', 'replicas: 0', 'containers: [{name: web, image: "web:2"}]'),
    hazards: [],
  },
  {
    change: 'replicas alone',
    before: workload('Deployment', 'replicas: 2'),
    after: workload('Deployment', 'replicas: 3'),
    hazards: [],
  },
  {
    change: 'a secret that pods read',
    before: workload('Deployment', '').replace(
      'metadata: {labels: {app: web}}',
      'metadata: {annotations: {stowage.dev/secrets: aaaa}}',
    ),
    after: workload('Deployment', '').replace(
      'metadata: {labels: {app: web}}',
      'metadata: {annotations: {stowage.dev/secrets: bbbb}}',
    ),
    hazards: ['restart Deployment/web: 1 pod, for what it reads from ConfigMaps or Secrets'],
  },
  {
    change: 'a privileged container',
    before: workload('Deployment', 'replicas: 0', pod()),
    after: workload('Deployment', 'replicas: 0', pod(', privileged: true')),
    hazards: ['privilege Deployment/web: container web is privileged'],
  },
  {
    change: 'a container that loses its privileges',
    before: workload('Deployment', 'replicas: 0', pod(', privileged: true')),
    after: workload('Deployment', 'replicas: 0', pod()),
    hazards: [],
  },
  {
    change: 'restrictions that go',
    before: workload('Deployment', 'replicas: 0', pod()),
    after: workload(
      'Deployment',
      'replicas: 0',
      'containers: [{name: web, image: "web:1"}], hostNetwork: true, volumes: [{name: x, hostPath: {path: /var}}]',
    ),
    hazards: [
      "privilege Deployment/web: shares the node's hostNetwork; mounts /var of the node; gets its service account's token; container web may run as root; container web may gain privileges; container web keeps capabilities; container web may write to its root file system; container web has no seccomp profile",
    ],
  },
  {
    change: 'a restriction said of the pod in place of the container',
    before: workload(
      'Deployment',
      'replicas: 0',
      pod(
        ', runAsNonRoot: true',
        'securityContext: {seccompProfile: {type: RuntimeDefault}}, automountServiceAccountToken: false',
      ),
    ),
    after: workload('Deployment', 'replicas: 0', pod()),
    hazards: [],
  },
  {
    change: 'a new workload with a capability',
    before: '',
    after: workload('Deployment', '', pod(', capabilities: {add: [NET_ADMIN]}').replace(', capabilities: {drop: [ALL]}', '')),
    hazards: ['privilege Deployment/web: container web has the capability NET_ADMIN'],
  },
  { change: 'a new workload that nobody restricted', before: '', after: workload('Deployment', ''), hazards: [] },
  {
    change: 'a rule in a role',
    before: role('{apiGroups: [""], resources: [pods], verbs: [get]}'),
    after: role('{apiGroups: ["", apps], resources: [pods], verbs: [get, list]}'),
    hazards: ['privilege Role/web: allows get pods.apps, list pods, list pods.apps'],
  },
  {
    change: 'the same rules in other words',
    before: role('{apiGroups: [""], resources: [pods, secrets], verbs: [get]}'),
    after: role('{apiGroups: [""], resources: [secrets], verbs: [get]}, {apiGroups: [""], resources: [pods], verbs: [get]}'),
    hazards: [],
  },
  {
    change: 'somebody more in a binding',
    before: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: {kind: Role, name: a}, subjects: []'),
    after: object(
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      'roleRef: {kind: Role, name: a}, subjects: [{kind: ServiceAccount, name: web, namespace: shop}]',
    ),
    hazards: ['privilege RoleBinding/web: gives Role a to ServiceAccount shop/web'],
  },
  {
    change: 'a lower Pod Security level',
    before: namespace(level('restricted')),
    after: namespace(level('baseline')),
    hazards: ['privilege Namespace/shop: its Pod Security level falls from restricted to baseline'],
  },
  {
    change: 'a higher Pod Security level',
    before: namespace(level('baseline')),
    after: namespace(level('restricted')),
    hazards: [],
  },
  {
    change: 'a rule in a policy',
    before: policy('policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}]'),
    after: policy(
      'policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}, {from: [{namespaceSelector: {matchLabels: {team: b}}}], ports: [{port: 90, protocol: TCP}]}]',
    ),
    hazards: ['network NetworkPolicy/web: opens ingress from all pods in namespaces team=b on 90/TCP'],
  },
  {
    change: 'rules in another order',
    before: policy('policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}, {ports: [{port: 90}]}]'),
    after: policy('policyTypes: [Ingress], ingress: [{ports: [{port: 90}]}, {ports: [{port: 80}]}]'),
    hazards: [],
  },
  {
    change: 'a rule beside one that allows everything',
    before: policy('policyTypes: [Ingress], ingress: [{}]'),
    after: policy('policyTypes: [Ingress], ingress: [{}, {ports: [{port: 80}]}]'),
    hazards: [],
  },
  {
    change: 'a direction that is held no more',
    before: policy('policyTypes: [Ingress, Egress]'),
    after: policy('policyTypes: [Ingress]'),
    hazards: ['network NetworkPolicy/web: no longer restricts egress'],
  },
  {
    change: 'a policy goes and its pods stay',
    before: many(policy('policyTypes: [Ingress]'), workload('Deployment', '')),
    after: workload('Deployment', ''),
    hazards: ['!delete NetworkPolicy/web: is no longer declared', 'network NetworkPolicy/web: is gone; it held Deployment/web'],
  },
  {
    change: 'a policy goes with its pods',
    before: many(policy('policyTypes: [Ingress]'), workload('Deployment', '')),
    after: '',
    hazards: ['!delete Deployment/web: is no longer declared', '!delete NetworkPolicy/web: is no longer declared'],
  },
  {
    change: 'a Service that is published',
    before: service('type: ClusterIP'),
    after: service('type: LoadBalancer'),
    hazards: ['network Service/web: is of type LoadBalancer and reachable from outside the cluster'],
  },
  {
    change: 'a Service that is published no more',
    before: service('type: LoadBalancer'),
    after: service('type: ClusterIP'),
    hazards: [],
  },
  {
    change: 'who may reach a load balancer',
    before: service('type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]'),
    after: service('type: LoadBalancer, loadBalancerSourceRanges: [0.0.0.0/0]'),
    hazards: ['network Service/web: lets 0.0.0.0/0 in'],
  },
  {
    change: 'a host of an Ingress',
    before: object('networking.k8s.io/v1', 'Ingress', 'spec: {rules: [{host: a.example.com}]}'),
    after: object('networking.k8s.io/v1', 'Ingress', 'spec: {rules: [{host: a.example.com}, {host: b.example.com}]}'),
    hazards: ['network Ingress/web: publishes b.example.com'],
  },
  {
    change: 'no pods',
    before: workload('Deployment', 'replicas: 2'),
    after: workload('Deployment', 'replicas: 0'),
    hazards: ['scale-to-zero Deployment/web: had 2 and will have no pods'],
  },
  {
    change: 'no pods as before',
    before: workload('Deployment', 'replicas: 0'),
    after: workload('Deployment', 'replicas: 0, minReadySeconds: 1'),
    hazards: [],
  },
  {
    change: 'replicas that an autoscaler has',
    before: workload('Deployment', 'replicas: 2'),
    after: many(
      workload('Deployment', 'replicas: 0'),
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}',
      ),
    ),
    hazards: [],
  },
  {
    change: 'a CronJob that sleeps',
    before: object('batch/v1', 'CronJob', 'spec: {schedule: "0 0 * * *"}'),
    after: object('batch/v1', 'CronJob', 'spec: {schedule: "0 0 * * *", suspend: true}'),
    hazards: ['scale-to-zero CronJob/web: is suspended and runs no more'],
  },
  {
    change: 'a version of a custom resource',
    before: definition('{name: v1, served: true}, {name: v2, served: true}'),
    after: definition('{name: v1, served: false}, {name: v2, served: true}'),
    hazards: ['crd-version CustomResourceDefinition/carts.shop.example: serves v1 no more'],
  },
  {
    change: 'one more version of it',
    before: definition('{name: v1, served: true}'),
    after: definition('{name: v1, served: true}, {name: v2, served: true}'),
    hazards: [],
  },
];

test.each(cases)('$change', ({ before, after, hazards }) => {
  expect(hazardsOf(before, after)).toEqual(hazards);
});

test('each kind of hazard has a case', () => {
  const shown = new Set(cases.flatMap(({ hazards }) => hazards.map((text) => text.replace('!', '').split(' ')[0])));
  // What is beyond a capacity is not seen in objects; that of fleets is tested where they are planned.
  expect(hazardOrder.filter((kind) => !shown.has(kind))).toEqual(['capacity']);
});
