import { headRelease, sortInputs } from '../../../src/read/sort-inputs.ts';
import { releaseFiles, releaseFolder } from '../../../src/store/release-files.ts';
import { asBytes, type Files } from '../../support/fleet-files.ts';

const fleet = `apiVersion: stowage.dev/v1
kind: Fleet
metadata: { name: travel }
spec:
  repository: { url: "https://git.example.com/travel.git" }
  promotion:
    pipeline: [dev, staging, [east, west]]
  stages:
    dev: {}
    staging: {}
    prod:
      protected: true
      promotion:
        soak: 2h
        windows: [{ schedule: "0 9 * * 1-4", duration: 8h }]
        approvals: 1
`;

const system = (name: string) => `apiVersion: stowage.dev/v1
kind: System
metadata: { name: ${name} }
spec:
  parameters:
    features: { type: string, default: "none", promote: carry } # what everybody is to see
    epochs: { type: integer, default: 1, promote: hold }
    domain: { type: string, promote: local }
  components:
    web:
      image: example/${name}:1.0.0
      ports: { http: 8080 }
      replicas: 1
      env: { FEATURES: "\${parameters.features}", EPOCHS: "\${parameters.epochs}" }
      probes: { liveness: { http: / }, readiness: { http: / } }
      resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { cpu: 200m, memory: 128Mi } }
      ingress: { host: "${name}.\${parameters.domain}", tls: { issuer: letsencrypt } }
`;

const cluster = (name: string) => `apiVersion: stowage.dev/v1
kind: Cluster
metadata: { name: ${name} }
spec:
  kubernetes: "1.35"
  ingressClasses: { nginx: { default: true, namespace: ingress-nginx } }
  customResources: [bitnami.com/v1alpha1/SealedSecret]
  secrets: sealed-secrets
`;

const environment = (name: string, stage: string, replicas: number) => `apiVersion: stowage.dev/v1
kind: Environment
metadata: { name: ${name} }
spec:
  stage: ${stage}
  systems:
    shop: # sells
      ${stage === 'dev' ? '' : 'release: "1.0.0" # chosen by promotion\n      '}parameters: { domain: ${name}.example.com }
      components: { web: { replicas: ${replicas} } }
    stock:
      ${stage === 'dev' ? '' : 'release: "1.0.0"\n      '}parameters: { domain: ${name}.example.com }
`;

const places = [
  ['dev', 'dev', 1],
  ['staging', 'staging', 2],
  ['east', 'prod', 5],
  ['west', 'prod', 4],
] as const;

const description: Files = new Map([
  ['stowage.yaml', fleet],
  ['systems/shop/system.yaml', system('shop')],
  ['systems/stock/system.yaml', system('stock')],
  ...places.flatMap(([name, stage, replicas]): [string, string][] => [
    [`clusters/${name}/cluster.yaml`, cluster(name)],
    [`clusters/${name}/${name}.yaml`, environment(name, stage, replicas)],
  ]),
]);

/** Two Systems on four clusters: dev → staging → [east, west]. Dev runs their heads, the others what was frozen of them. */
export const travelFleet: Files = new Map([...description, ...frozen(description, '1.0.0')]);

const shop = 'systems/shop/system.yaml';
const dev = 'clusters/dev/dev.yaml';

/** A new image in the head of shop, and new values in dev: one that goes along, one that is held, two of dev alone. */
export const newInDev = {
  [shop]: edited(shop, 'shop:1.0.0', 'shop:1.1.0'),
  [dev]: edited(
    dev,
    '{ domain: dev.example.com }\n      components: { web: { replicas: 1 } }',
    '{ domain: new.example.com, features: "a,b", epochs: 3 }\n      components: { web: { replicas: 3 } }',
  ),
};

/** One of its files with something else in it, which must be there. */
export function edited(
  path: string,
  from: string,
  to: string,
  of: ReadonlyMap<string, string | Uint8Array> = travelFleet,
): string {
  const text = String(of.get(path));
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  return text.replace(from, to);
}

/** The same going on by itself; into production when somebody of theirs agreed and a check of theirs is green. */
export const automaticFleet: Files = new Map([
  ...travelFleet,
  [
    'stowage.yaml',
    edited('stowage.yaml', 'staging: {}', 'staging: { promotion: { merge: automatic } }').replace(
      'approvals: 1',
      'approvals: 1\n        approvers: [reviewer]\n        statuses: [ci]\n        merge: automatic',
    ),
  ],
]);

/** The heads of all Systems as a release. */
export function frozen(files: Files, release: string): [string, Uint8Array][] {
  const bytes = asBytes(files);
  const heads = sortInputs(bytes, () => {}).releases.filter((input) => input.release === headRelease);
  return heads.flatMap((head) =>
    [...releaseFiles(bytes, head, release)].map(([path, content]): [string, Uint8Array] => [
      `${releaseFolder(head.system, release)}/${path}`,
      content,
    ]),
  );
}
