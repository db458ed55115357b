import { readDescription } from '../../../src/promote/description.ts';
import { isInput } from '../../../src/publish/assign-files.ts';
import { releaseFiles, releaseFolder } from '../../../src/store/release-files.ts';
import { asBytes, type Files } from '../../support/fleet-files.ts';

const system = (name: string) => `# ${name}: what all environments have in common
apiVersion: stowage.dev/v1
kind: System
metadata: { name: ${name} }
spec:
  parameters:
    domain: { type: string, promote: local } # each has its own
    epochs: { type: integer, default: 1, promote: carry }
    mode: { type: string, default: plain, promote: hold }
  components:
    web:
      image: example/${name}:1.0.0 # robots bump this
      ports: { http: 8080 }
      replicas: 1
      probes: { liveness: { http: / }, readiness: { http: / } }
      resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { cpu: 200m, memory: 128Mi } }
      env: { EPOCHS: "\${string(parameters.epochs)}", MODE: "\${parameters.mode}", HOST: "\${parameters.domain}" }
`;

const cluster = (name: string) => `apiVersion: stowage.dev/v1
kind: Cluster
metadata: { name: ${name} }
spec:
  kubernetes: "1.35"
  ingressClasses: { nginx: { default: true, namespace: ingress-nginx } }
`;

const fleet = (merge: string) => `apiVersion: stowage.dev/v1
kind: Fleet
metadata: { name: four }
spec:
  repository: { url: "https://git.example.com/four.git" }
  promotion: { pipeline: [dev, staging, [prod-a, prod-b]] }
  stages:
    dev: {}
    staging: { promotion: { merge: ${merge}, soak: 30m } }
    prod:
      protected: true
      promotion:
        soak: 2h
        windows: [{ schedule: "0 6 * * *", duration: 20h }]
        approvals: 1
        merge: automatic
`;

const dev = `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: dev}
spec:
  stage: dev
  systems:
    # What is worked on runs here first.
    shop:
      parameters:
        domain: dev.example.com
        epochs: 1 # of the model
        mode: plain
      components:
        web:
          replicas: 1 # enough here
          env: {LEVEL: debug}
    stock:
      # Of the other team.
      parameters: {domain: dev.example.com, epochs: 1, mode: plain}
      components: {web: {replicas: 1, env: {LEVEL: debug}}}
`;

const staging = `# Staging: as production, but smaller.
apiVersion: stowage.dev/v1
kind: Environment
metadata: { name: staging }
spec:
  stage: staging
  systems:
    shop: # sold here
      release: "0.1.0" # what is tried
      parameters: { domain: staging.example.com, epochs: 1, mode: plain } # smaller
      components: { web: { replicas: 2, env: { LEVEL: info } } }

    stock:
      # Quoted since somebody liked it so.
      release: '0.1.0'
      parameters: { domain: 'staging.example.com', epochs: 1, mode: 'plain' }
      components: { web: { replicas: 2, env: { LEVEL: info } } }
`;

const prodA = `apiVersion: stowage.dev/v1
kind: Environment
metadata:
    name: prod-a
spec:
    stage: prod
    systems:
        shop:
            # Ask before you touch this.
            components:
                web:
                    replicas: 5   # measured
                    env:
                        LEVEL: warn
            parameters:
                domain: a.example.com
                # Of the model, again.
                epochs: 1
                mode: plain
            release: 0.1.0      # the one that runs
        # The other one.
        stock:
            parameters: { domain: a.example.com, epochs: 1, mode: plain }
            release: 0.1.0
            components: { web: { replicas: 4, env: { LEVEL: warn } } }
`;

const prodB = dev
  .replace('name: dev', 'name: prod-b')
  .replace('stage: dev', 'stage: prod')
  .replaceAll(/^ {4}(shop|stock):$/gm, '    $1:\n      release: 0.1.0')
  .replaceAll('dev.example.com', 'b.example.com')
  .replaceAll('debug', 'warn')
  // Somebody's editor did that.
  .replaceAll('\n', '\r\n');

const inputs: Files = new Map([
  ['systems/shop/system.yaml', system('shop')],
  ['systems/stock/system.yaml', system('stock')],
  ...['dev', 'staging', 'prod-a', 'prod-b'].map((name) => [`clusters/${name}/cluster.yaml`, cluster(name)] as const),
  ['clusters/dev/dev.yaml', dev],
  ['clusters/staging/staging.yaml', staging],
  ['clusters/prod-a/prod-a.yaml', prodA],
  ['clusters/prod-b/prod-b.yaml', prodB],
]);

export const systems = ['shop', 'stock'] as const;
export const environments = ['dev', 'staging', 'prod-a', 'prod-b'] as const;
export type SystemName = (typeof systems)[number];
export type EnvironmentName = (typeof environments)[number];

/** The head of a system as a release, without a change of what runs. */
export function frozen(files: Files, name: string, version: string): Map<string, string> {
  const bytes = asBytes(new Map([...files].filter(([path]) => isInput(path))));
  const described = readDescription(bytes);
  if ('problems' in described) throw new Error('the description cannot be read');
  const head = described.inputs.releases.find(({ system: other, release }) => other === name && release === 'head');
  if (head === undefined) throw new Error(`there is no system ${name}`);
  const made = releaseFiles(bytes, head, version);
  return new Map([...made].map(([path, text]) => [`${releaseFolder(name, version)}/${path}`, new TextDecoder().decode(text)]));
}

/**
 * Two Systems on their way from dev to staging and on to two environments of production; each environment is written
 * as another person would, with comments wherever an edit could lose them. What runs in dev is newer than the release.
 */
export function fourEnvironments(merge: 'automatic' | 'manual'): Files {
  const heads: Files = new Map([['stowage.yaml', fleet(merge)], ...[...inputs].filter(([path]) => path.startsWith('systems/'))]);
  const since = (name: string) => [`systems/${name}/system.yaml`, system(name).replace(':1.0.0', ':1.0.1')] as const;
  return new Map([...heads, ...inputs, ...systems.flatMap((name) => [...frozen(heads, name, '0.1.0')]), ...systems.map(since)]);
}
