import type { Files } from './fleet-files.ts';

function system(name: string): string {
  return `apiVersion: stowage.dev/v1
kind: System
metadata: {name: ${name}}
spec:
  parameters:
    domain: {type: string, promote: local}
  components:
    web:
      image: example/${name}:1.0.0
      ports: {http: 8080}
      replicas: 1
      probes: {liveness: {http: /}, readiness: {http: /}}
      resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
      ingress: {host: "${name}.\${parameters.domain}", tls: {issuer: letsencrypt}}
`;
}

function cluster(name: string): string {
  return `apiVersion: stowage.dev/v1
kind: Cluster
metadata: {name: ${name}}
spec:
  kubernetes: "1.35"
  ingressClasses: {nginx: {default: true, namespace: ingress-nginx}}
`;
}

function environment(name: string, replicas: number): string {
  return `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: ${name}}
spec:
  stage: ${name}
  systems:
    shop:
      parameters: {domain: ${name}.example.com}
      components: {web: {replicas: ${replicas}}}
    stock:
      parameters: {domain: ${name}.example.com}
`;
}

/** Two Systems in two environments on two clusters, without a warning. */
export const smallFleet: Files = new Map([
  [
    'stowage.yaml',
    `apiVersion: stowage.dev/v1
kind: Fleet
metadata: {name: small}
spec:
  repository: {url: "https://git.example.com/small.git"}
  stages:
    dev: {}
    prod: {}
`,
  ],
  ['systems/shop/system.yaml', system('shop')],
  ['systems/stock/system.yaml', system('stock')],
  ['clusters/dev/cluster.yaml', cluster('dev')],
  ['clusters/dev/dev.yaml', environment('dev', 2)],
  ['clusters/prod/cluster.yaml', cluster('prod')],
  ['clusters/prod/prod.yaml', environment('prod', 3)],
]);
