import { frozen } from '../../promote/support/travel-fleet.ts';
import type { Files } from '../../support/fleet-files.ts';

const environments = ['dev', 'staging', 'prod'] as const;

const fleet = (repository: string) => `apiVersion: stowage.dev/v1
kind: Fleet
metadata: { name: small }
spec:
  repository: { url: "${repository}" }
  publish: { host: gitea, repository: "${repository}" }
  promotion:
    pipeline: [dev, staging, prod]
  stages:
    dev: {}
    staging: { promotion: { merge: automatic } }
    prod: { protected: true }
`;

const system = `apiVersion: stowage.dev/v1
kind: System
metadata: { name: shop }
spec:
  components:
    web:
      image: example/shop:1.0.0
      ports: { http: 8080 }
      replicas: 1
      probes: { liveness: { http: / }, readiness: { http: / } }
      resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { cpu: 200m, memory: 128Mi } }
`;

const cluster = `apiVersion: stowage.dev/v1
kind: Cluster
metadata: { name: dev }
spec:
  kubernetes: "1.35"
  argocd: { context: test }
`;

const environment = (name: string) => `apiVersion: stowage.dev/v1
kind: Environment
metadata: { name: ${name} }
spec:
  stage: ${name}
  namespace: shop-${name}
  systems:
    shop:${name === 'dev' ? ' {}' : '\n      release: "1.0.0"'}
`;

/** One System that goes dev → staging → prod on one cluster; into prod a person lets it. */
export function smallFleet(repository: string): Files {
  const description: Files = new Map([
    ['stowage.yaml', fleet(repository)],
    ['systems/shop/system.yaml', system],
    ['clusters/dev/cluster.yaml', cluster],
    ...environments.map((name): [string, string] => [`clusters/dev/${name}.yaml`, environment(name)]),
  ]);
  return new Map([...description, ...frozen(description, '1.0.0')]);
}

export const newImage = { from: 'example/shop:1.0.0', to: 'example/shop:1.1.0' };
