import { firstFleet } from '../../src/commands/first-fleet.ts';
import type { Files } from './fleet-files.ts';
import { sealedText } from './sealed-text.ts';

/** What `stowage init` writes. */
export function smallFleet(): Files {
  return new Map(Object.entries(firstFleet('my-fleet')));
}

/** One small System in two environments on two clusters, with a bit of everything that a description may say. */
export function mediumFleet(): Files {
  return new Map([
    ['stowage.yaml', fleet],
    ['systems/shop/system.yaml', system],
    ['systems/shop/files/run.sh', '#!/bin/sh\nexec shop --port ${PORT}\n'],
    ['systems/shop/files/page.html', '<h1>${parameters.greeting}</h1>\n'],
    ['clusters/east/cluster.yaml', cluster('east')],
    ['clusters/west/cluster.yaml', cluster('west')],
    ['clusters/east/one.yaml', environment('one', 2)],
    ['clusters/west/two.yaml', environment('two', 3)],
    ['clusters/east/sealed/one/shop/login.yaml', sealed],
  ]);
}

const fleet = `apiVersion: stowage.dev/v1
kind: Fleet
metadata: { name: medium }
spec:
  repository: { url: "https://git.example.com/a/b.git", branch: main }
  stages:
    dev: {}
    prod: { protected: true }
`;

const system = `apiVersion: stowage.dev/v1
kind: System
metadata: { name: shop }
spec:
  description: A shop
  requires: { kubernetes: ">=1.29" }
  parameters:
    greeting: { type: string, minLength: 1, default: Hello, promote: carry }
    size: { type: integer, minimum: 1, maximum: 9, default: 2 }
    domain: { type: string, pattern: "^[a-z.]+$" }
  secrets:
    login:
      keys:
        user: { default: shop }
        password: { minLength: 8, generate: { alphanumeric: 20 } }
    links:
      scope: namespace-wide
      keys:
        db: { compose: "pg://\${secrets.login.user}:\${secrets.login.password}@\${components.db.host}/shop" }
        key: { generate: { keyPair: rsa, bits: 2048 } }
        public: { generate: { publicKeyOf: key } }
  env:
    common:
      LOG_LEVEL: info
      DATABASE_URL: "pg://\${secrets.login.user}:\${secrets.login.password}@\${components.db.host}/shop"
      CACHE_URL: \${components.?cache.url}
  config:
    pages:
      run.sh: { file: run.sh }
      page.html: { file: page.html, expressions: true }
      settings.yaml: { yaml: { size: "\${parameters.size}", list: [1, two] } }
      settings.properties: { properties: { a.b: 1, c: "yes" } }
  components:
    web:
      image: shop/web:1.2.0
      replicas: \${parameters.size}
      command: [sh, /pages/run.sh]
      ports:
        http: 8080
        metrics: { port: 9090, expose: false }
      env:
        $from: [common]
        GREETING: \${parameters.greeting}
      volumes:
        pages: { config: pages, mountPath: /pages, mode: "0555" }
        tmp: { emptyDir: {}, mountPath: /tmp }
      probes:
        liveness: { http: /healthz, periodSeconds: 10 }
        readiness: { tcp: http }
      resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 128Mi } }
      ingress: { optional: true, host: "\${parameters.domain}", tls: { issuer: letsencrypt } }
      disruptionBudget: { maxUnavailable: 1 }
      metrics: { port: metrics }
      runAs: 1000
      sidecars:
        log: { image: "shop/log:1", env: { LEVEL: info }, mounts: { tmp: /tmp } }
      talksTo: [cache]
    db:
      workload: StatefulSet
      image: postgres:16
      ports: { pg: 5432 }
      env: { POSTGRES_PASSWORD: "\${secrets.login.password}" }
      volumes: { data: { mountPath: /data, size: 1Gi } }
    cache:
      optional: true
      image: redis:7
      ports: { redis: 6379 }
    nightly:
      workload: CronJob
      schedule: "0 3 * * *"
      image: shop/web:1.2.0
      env: { $from: common }
      needs: [db]
  objects:
    limits:
      apiVersion: v1
      kind: LimitRange
      metadata: { name: shop }
      spec: { limits: [{ type: Container, default: { memory: 64Mi } }] }
  validations:
    - rule: components.web.replicas > 0
      message: a shop without a door
      at: components.web.replicas
  profiles:
    large:
      parameters: { size: 4 }
      components:
        cache: { enabled: true }
`;

const cluster = (name: string) => `apiVersion: stowage.dev/v1
kind: Cluster
metadata: { name: ${name} }
spec:
  kubernetes: "1.34"
  ingressClasses: { nginx: { default: true, namespace: ingress-nginx } }
  customResources: [bitnami.com/v1alpha1/SealedSecret]
  secrets: sealed-secrets
`;

const environment = (name: string, size: number) => `apiVersion: stowage.dev/v1
kind: Environment
metadata: { name: ${name} }
spec:
  stage: dev
  labels: { team: shop }
  freeze: [{ schedule: "0 18 * * 5", duration: 62h }]
  systems:
    shop:
      profiles: [large]
      namespace: { name: shop-${name}, quota: { pods: 20 } }
      parameters: { domain: ${name}.example.com, size: ${size} }
      components:
        web: { ingress: { enabled: true }, env: { GREETING: "Hi ${name}" } }
      patches:
        - target: { kind: StatefulSet, name: shop-db }
          reason: the disk of this cluster is slow
          merge: { metadata: { annotations: { example.com/slow: "true" } } }
        - target: { kind: Deployment, name: shop-web }
          reason: shown
          json: [{ op: add, path: /metadata/labels/shown, value: "yes" }]
`;

const sealed = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: shop-login, namespace: shop-one }
spec:
  encryptedData: { password: ${sealedText('password')} }
`;
