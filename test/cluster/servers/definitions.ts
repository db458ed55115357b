import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { ClusterFacts } from './cluster-facts.ts';
import type { Installed } from './installed.ts';
import type { Any, Kube } from './kube.ts';
import { waitUntil } from './wait-until.ts';

/** Argo CD's own kinds, which every cluster of a fleet has. */
const always = ['argoproj.io/v1alpha1/Application', 'argoproj.io/v1alpha1/AppProject'];

/** Defines the kinds that a cluster is said to have, with the schemas of their own projects. */
export async function define(kube: Kube, installed: Installed, { customResources = [] }: ClusterFacts): Promise<void> {
  const known = knownDefinitions(installed);
  const wanted = [...new Set([...always, ...customResources])];
  await Promise.all(
    wanted.map(async (kind) => {
      await kube.create(known.get(kind) ?? permissive(kind));
      const [group, version] = kind.split('/');
      await waitUntil(`the server's knowing ${kind}`, async () => {
        const { status, body } = await kube.request('GET', `/apis/${group}/${version}`);
        return status === 200 && body.resources.some((one: Any) => one.kind === kind.split('/')[2]);
      });
    }),
  );
}

function knownDefinitions(installed: Installed): Map<string, Any> {
  const folders = (['argocd', 'sealed-secrets', 'cert-manager', 'prometheus-operator'] as const).map((part) =>
    join(installed[part], 'crds'),
  );
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const definitions = files
    .flatMap((file) => loadAll(readFileSync(file, 'utf8')) as Any[])
    .filter((object) => object?.kind === 'CustomResourceDefinition');
  return new Map(
    definitions.flatMap((definition) =>
      definition.spec.versions.map((version: Any): [string, Any] => [
        `${definition.spec.group}/${version.name}/${definition.spec.names.kind}`,
        definition,
      ]),
    ),
  );
}

/** Of a kind whose project publishes its schema in no Go module: anything is taken, so nothing of it is tested but that it is sent. */
function permissive(kind: string): Any {
  const [group, version, name = ''] = kind.split('/');
  const plural = `${name.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: name, plural, singular: name.toLowerCase(), listKind: `${name}List` },
      versions: [{ name: version, served: true, storage: true, schema, subresources: { status: {} } }],
    },
  };
}
