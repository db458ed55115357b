import { printYaml } from '../model/print-yaml.ts';
import { attributes } from './generated-attributes.ts';

/** What `init` writes: the smallest fleet that shows a parameter, an optional ingress and two stages. */
export function firstFleet(name: string): Readonly<Record<string, string>> {
  return {
    '.gitattributes': attributes,
    '.gitignore': '.stowage/\n/stowage-report.html\n',
    'stowage.yaml': fleetFile(name),
    ...systemAndCluster,
  };
}

/** The name of a folder as a DNS label. */
export function fleetName(folder: string): string {
  const words = folder.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 63).replace(/-$/, '') || 'my-fleet';
}

const fleetFile = (name: string) => `# yaml-language-server: $schema=.stowage/schemas/fleet.json
apiVersion: stowage.dev/v1
kind: Fleet
metadata: {name: ${printYaml(name).trim()}}
spec:
  repository: {url: "https://git.example.com/platform/${name}.git"}
  stages:
    dev: {}
    prod: {protected: true}
`;

const systemAndCluster: Readonly<Record<string, string>> = {
  'systems/hello/system.yaml': `# yaml-language-server: $schema=../../.stowage/schemas/system.json
apiVersion: stowage.dev/v1
kind: System
metadata: {name: hello}
spec:
  description: A web server with a greeting
  parameters:
    greeting: {type: string, default: Hello, promote: carry}
    domain: {type: string, promote: local, description: Public host name}
  config:
    pages:
      index.html: |
        <h1>\${parameters.greeting}</h1>
  components:
    web:
      image: nginxinc/nginx-unprivileged:1.29.1
      ports: {http: 8080}
      runAs: 101
      probes: {liveness: {http: /}, readiness: {http: /}}
      resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
      volumes:
        pages: {config: pages, mountPath: /usr/share/nginx/html}
        tmp: {emptyDir: {}, mountPath: /tmp}
      ingress: {optional: true, host: "\${parameters.domain}", tls: {issuer: letsencrypt-prod}}
`,
  'clusters/dev/cluster.yaml': `# yaml-language-server: $schema=../../.stowage/schemas/cluster.json
apiVersion: stowage.dev/v1
kind: Cluster
metadata: {name: dev}
spec:
  kubernetes: "1.35"
  ingressClasses: {nginx: {default: true, namespace: ingress-nginx}}
  customResources: [bitnami.com/v1alpha1/SealedSecret]
`,
  'clusters/dev/dev.yaml': `# yaml-language-server: $schema=../../.stowage/schemas/environment.json
apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: dev}
spec:
  stage: dev
  systems:
    hello:
      parameters: {domain: hello.dev.example.com}
`,
};
