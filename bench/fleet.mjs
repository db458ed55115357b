// The fleet of the benchmark: 12 Systems of one component, 8 objects each, in any number of environments.
//
//   node bench/fleet.mjs <environments> <folder>

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const systems = [
  'accounts',
  'billing',
  'catalog',
  'checkout',
  'gateway',
  'inventory',
  'mailer',
  'orders',
  'payments',
  'pricing',
  'search',
  'shipping',
];
export const objectsPerSystem = 8;

const clusters = { eu: 'eu-central-1', us: 'us-east-2', ap: 'ap-south-1' };
const logLevels = ['debug', 'info', 'warning', 'error'];

/** What each environment says about each system: the one source for Stowage's specs and for the peers' data. */
export function describeEnvironments(count, names = systems) {
  return Array.from({ length: count }, (_, index) => {
    const name = `env-${String(index + 1).padStart(3, '0')}`;
    const [cluster, region] = Object.entries(clusters)[index % 3];
    const settings = names.map((system, place) => [
      system,
      {
        tag: `v1.${index % 7}.${(index + place) % 10}`,
        host: `${system}.${name}.example.com`,
        replicas: 1 + ((index + place) % 5),
        logLevel: logLevels[(index + place) % 4],
        cacheSeconds: 60 + 10 * (index % 9),
        poolSize: 4 + ((index + place) % 8),
        upstream: `http://upstream.${name}.example.com`,
        bucket: `example-${system}-${name}`,
      },
    ]);
    return { name, cluster, region, systems: Object.fromEntries(settings) };
  });
}

/** The Stowage specs: text by path. */
export function fleetFiles(count, names = systems) {
  return new Map([
    ['stowage.yaml', fleetDocument()],
    ...names.map((system) => [`systems/${system}/system.yaml`, systemDocument(system)]),
    ...Object.keys(clusters).map((cluster) => [`clusters/${cluster}/cluster.yaml`, clusterDocument(cluster)]),
    ...describeEnvironments(count, names).map((environment) => [environmentPath(environment), environmentDocument(environment)]),
  ]);
}

export function writeFleet(count, folder) {
  for (const [path, text] of fleetFiles(count)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export function environmentPath({ cluster, name }) {
  return `clusters/${cluster}/${name}.yaml`;
}

function fleetDocument() {
  return `apiVersion: stowage.dev/v1
kind: Fleet
metadata: { name: bench }
spec:
  repository: { url: https://git.example.com/bench/fleet.git }
`;
}

function clusterDocument(name) {
  return `apiVersion: stowage.dev/v1
kind: Cluster
metadata: { name: ${name} }
spec:
  kubernetes: "1.33"
  ingressClasses: { nginx: { default: true, namespace: ingress-nginx } }
  metricsServer: true
`;
}

function systemDocument(name) {
  return `apiVersion: stowage.dev/v1
kind: System
metadata: { name: ${name} }
spec:
  naming: plain
  parameters:
    tag: { type: string, default: v1.0.0, promote: carry }
    host: { type: string, default: ${name}.example.com, promote: local }
    replicas: { type: integer, minimum: 1, maximum: 10, default: 2, promote: local }
    logLevel: { type: string, enum: [debug, info, warning, error], default: info, promote: local }
    cacheSeconds: { type: integer, minimum: 1, default: 30, promote: local }
    poolSize: { type: integer, minimum: 1, default: 2, promote: local }
    upstream: { type: string, default: "http://upstream.example.com", promote: local }
    bucket: { type: string, default: example-${name}, promote: local }
  env:
    ${name}-env:
      LOG_LEVEL: \${parameters.logLevel}
      CACHE_SECONDS: \${parameters.cacheSeconds}
      POOL_SIZE: \${parameters.poolSize}
      UPSTREAM_URL: \${parameters.upstream}
      BUCKET: \${parameters.bucket}
      HTTP_PORT: \${components.${name}.ports.http}
      TZ: UTC
      app.properties: |
        server.shutdown=graceful
        server.compression=true
        management.port=8081
        feature.newCheckout=false
        spring.application.name=${name}
  components:
    ${name}:
      image: registry.example.com/shop/${name}:\${parameters.tag}
      ports: { http: 8080 }
      env: { $from: ${name}-env }
      probes:
        liveness: { http: /healthz, periodSeconds: 20 }
        readiness: { http: /ready, periodSeconds: 5 }
      resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: 500m, memory: 256Mi } }
      autoscale: { min: "\${parameters.replicas}", max: 10, cpu: 75 }
      disruptionBudget: { maxUnavailable: 1 }
      ingress: { host: "\${parameters.host}" }
`;
}

function environmentDocument({ name, region, systems: settings }) {
  const blocks = Object.entries(settings).map(
    ([system, parameters]) => `    ${system}:
      namespace: { name: ${name}, create: false }
      parameters:
${Object.entries(parameters)
  .map(([key, value]) => `        ${key}: ${value}\n`)
  .join('')}`,
  );
  return `apiVersion: stowage.dev/v1
kind: Environment
metadata: { name: ${name} }
spec:
  labels: { env: ${name}, region: ${region} }
  systems:
${blocks.join('')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count, folder] = process.argv.slice(2);
  if (!/^[1-9]\d*$/.test(count ?? '') || folder === undefined) {
    console.error('usage: node bench/fleet.mjs <environments> <folder>');
    process.exit(2);
  }
  writeFleet(Number(count), folder);
}
