import { expect, test } from 'vitest';
import { shownPlace } from '../../src/model/origin.ts';
import { lineAndColumn } from '../../src/model/source-file.ts';
import { childOf, isTrackedList, type Tracked } from '../../src/model/tracked.ts';
import { parsePath } from '../../src/plan/field-path.ts';
import { compileClean } from '../support/compile-fleet.ts';

const described = `apiVersion: stowage.dev/v1
kind: System
metadata: {name: shop}
spec:
  secrets: {db: {keys: {password: {}}}}
  env:
    common:
      LOG_LEVEL: info
  components:
    cache:
      image: example/cache:1.0.0
      ports: {redis: 6379}
    api:
      image: example/api:1.0.0
      ports:
        http: 8080
      resources: {requests: {cpu: 50m, memory: 64Mi}}
      strategy:
        rollingUpdate: {maxSurge: 1}
      ingress:
        optional: true
        host: shop.example.com
      env:
        $from: common
        DATABASE_URL: "postgres://api:\${secrets.db.password}@db:5432"
        CACHE_URL: "redis://\${components.cache.host}:\${components.cache.ports.redis}"
  profiles:
    production:
      components:
        api:
          replicas: 3
`;

const cluster = `apiVersion: stowage.dev/v1
kind: Cluster
metadata: {name: dev}
spec:
  kubernetes: "1.35"
  ingressClasses:
    nginx:
      default: true
      namespace: ingress
  customResources: [bitnami.com/v1alpha1/SealedSecret]
`;

const running = `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: dev}
spec:
  stage: dev
  systems:
    shop:
      profiles: [production]
      env: {common: {REGION: eu}}
      components:
        api:
          ingress: {enabled: true}
          strategy: {rollingUpdate: {maxUnavailable: 0}}
          resources: {limits: {memory: 128Mi}}
          disruptionBudget: {maxUnavailable: 1}
`;

const fleet = `apiVersion: stowage.dev/v1
kind: Fleet
metadata: {name: small}
spec:
  repository: {url: "https://git.example.com/small.git"}
  stages: {dev: {}}
`;

const files = new Map([
  ['stowage.yaml', fleet],
  ['systems/shop/system.yaml', described],
  ['clusters/dev/cluster.yaml', cluster],
  ['clusters/dev/dev.yaml', running],
]);

const desired = compileClean(files).systems[0]?.compiled.desired ?? [];

/** The layer with the text of the line that it says, or the convention. */
function originOf(target: string): string {
  const [object = '', field = ''] = target.split(/#(.*)/s);
  const tree = desired.find(({ kind, name }) => `${kind}/${name}` === `${object.replace('/', '/shop-')}`)?.tree;
  const { origin } = parsePath(field).reduce<Tracked>((from, key) => step(from, key), tree as Tracked);
  if (origin.kind === 'convention') return origin.because;
  const { file, start } = shownPlace(origin);
  return `${origin.layer}: ${file.text.split('\n')[lineAndColumn(file, start).line - 1]?.trim()}`;
}

function step(from: Tracked, key: string): Tracked {
  const named = isTrackedList(from) ? from.value.find((item) => childOf(item, 'name')?.value === key) : undefined;
  return (named ?? childOf(from, key)) as Tracked;
}

const container = 'Deployment/api#spec.template.spec.containers[api]';
const wait = 'Deployment/api#spec.template.spec.initContainers[wait-for-dependencies]';
const databaseUrl = 'DATABASE_URL: "postgres://api:${secrets.db.password}@db:5432"';
const cacheUrl = 'CACHE_URL: "redis://${components.cache.host}:${components.cache.ports.redis}"';

test.each([
  ['Deployment/api#metadata.name', 'system shop: api:'],
  ['Deployment/api#metadata.labels', 'system shop: api:'],
  ['Deployment/api#metadata.labels["app.kubernetes.io/name"]', 'system shop: api:'],
  ['Deployment/api#metadata.annotations["argocd.argoproj.io/sync-wave"]', 'what others wait for is applied in an earlier wave'],
  ['Deployment/api#spec.selector', 'system shop: api:'],
  ['Deployment/api#spec.replicas', 'profile production: replicas: 3'],
  ['Deployment/api#spec.strategy', 'system shop: strategy:'],
  [`${container}.name`, 'system shop: api:'],
  [`${container}.image`, 'system shop: image: example/api:1.0.0'],
  [`${container}.ports[http]`, 'system shop: http: 8080'],
  [`${container}.env`, 'system shop: env:'],
  [`${container}.env[CACHE_URL]`, `system shop: ${cacheUrl}`],
  [`${container}.env[DB_PASSWORD].valueFrom.secretKeyRef.key`, `system shop: ${databaseUrl}`],
  [`${container}.envFrom`, 'system shop: $from: common'],
  [`${container}.envFrom[0].configMapRef`, 'system shop: $from: common'],
  [`${container}.securityContext.capabilities`, 'pods keep to the restricted Pod Security level unless they say otherwise'],
  [`${container}.resources`, 'system shop: resources: {requests: {cpu: 50m, memory: 64Mi}}'],
  [`${container}.resources.limits`, 'environment dev: resources: {limits: {memory: 128Mi}}'],
  [`${wait}.name`, 'a component waits for those it refers to'],
  [`${wait}.args`, `system shop: ${cacheUrl}`],
  ['ConfigMap/common#data', 'system shop: common:'],
  ['ConfigMap/common#data.REGION', 'environment dev: env: {common: {REGION: eu}}'],
  ['Service/api#spec.selector', 'system shop: api:'],
  ['Service/api#spec.ports[http].port', 'system shop: http: 8080'],
  ['Ingress/api#metadata.labels', 'system shop: api:'],
  ['Ingress/api#spec.rules', 'system shop: ingress:'],
  ['Ingress/api#spec.ingressClassName', 'cluster dev: nginx:'],
  ['PodDisruptionBudget/api#spec', 'environment dev: disruptionBudget: {maxUnavailable: 1}'],
  ['PodDisruptionBudget/api#spec.selector', 'environment dev: disruptionBudget: {maxUnavailable: 1}'],
  ['PodDisruptionBudget/api#spec.selector.matchLabels', 'system shop: api:'],
  ['PodDisruptionBudget/api#metadata.labels', 'system shop: api:'],
  ['NetworkPolicy/api#spec.egress[1]', `system shop: ${cacheUrl}`],
  ['NetworkPolicy/api#spec.egress[1].to[0].podSelector.matchLabels', 'system shop: cache:'],
  [
    'NetworkPolicy/api#spec.ingress[0].from[0].namespaceSelector.matchLabels["kubernetes.io/metadata.name"]',
    'cluster dev: namespace: ingress',
  ],
])('%s comes from %s', (target, origin) => {
  expect(originOf(target)).toBe(origin);
});
