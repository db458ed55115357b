import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { findKustomize } from '../../../src/verify/find-kustomize.ts';
import { kustomizeBuild } from '../../../src/verify/kustomize-build.ts';
import { compileClean } from '../../support/compile-fleet.ts';
import type { Files } from '../../support/fleet-files.ts';
import { git, gitFolder } from '../../support/git-folder.ts';
import type { GitServer } from '../servers/git-server.ts';
import type { Any } from '../servers/kube.ts';

const component = (image: string) => `
      image: example/${image}:1.0.0
      ports: { http: 8080 }
      replicas: 2
      probes: { liveness: { http: / }, readiness: { http: / } }
      resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { cpu: 200m, memory: 1024Mi } }`;

const description = (repository: string, publish: string): Files =>
  new Map([
    [
      'stowage.yaml',
      `apiVersion: stowage.dev/v1
kind: Fleet
metadata: { name: small }
spec:
  repository: { url: "${repository}" }
  publish: { host: local, repository: "${publish}" }
  stages: { dev: {} }
`,
    ],
    [
      'systems/shop/system.yaml',
      `apiVersion: stowage.dev/v1
kind: System
metadata: { name: shop }
spec:
  components:
    web:${component('web')}
    api:${component('api')}
`,
    ],
    [
      'clusters/dev/cluster.yaml',
      `apiVersion: stowage.dev/v1
kind: Cluster
metadata: { name: dev }
spec: { kubernetes: "1.35" }
`,
    ],
    [
      'clusters/dev/dev.yaml',
      `apiVersion: stowage.dev/v1
kind: Environment
metadata: { name: dev }
spec: { stage: dev, namespace: shop, systems: { shop: {} } }
`,
    ],
  ]);

/** One System in one environment, published; and all objects that are declared by it, in the order to apply them in. */
export async function oneEnvironment({ url, bare }: GitServer): Promise<{ folder: string; objects: readonly Any[] }> {
  const inputs = description(url, bare);
  const folder = gitFolder(new Map([...inputs, ...compileClean(inputs).outputs]));
  git(folder, 'push', '--quiet', bare, 'main');
  const build = await kustomizeBuild(await findKustomize(process.env), join(folder, 'overlays/dev/shop'), undefined);
  if ('refusal' in build) throw new Error(build.refusal);
  const argocd = readdirSync(join(folder, 'argocd'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  const texts = argocd.map((path) => readFileSync(join(folder, 'argocd', path), 'utf8'));
  const ofArgocd = texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Any));
  const isNamespace = ({ kind }: Any) => kind === 'Namespace';
  const all: Any[] = [...build.objects, ...ofArgocd];
  return { folder, objects: [...all.filter(isNamespace), ...all.filter((object) => !isNamespace(object))] };
}
