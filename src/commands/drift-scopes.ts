import { identified } from '../argocd/deployment-facts.ts';
import { compiler, schemas } from '../build-facts.ts';
import { compile } from '../compile/compile.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { DriftScope } from '../drift/access.ts';
import type { InputFiles } from '../model/input-files.ts';
import { overlayFolder } from '../model/output-paths.ts';
import { entriesOf } from '../model/tracked.ts';
import { readCluster, readEnvironment } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { Failure } from '../store/fail.ts';

/** Clusters that a kubeconfig leads to: all on which something runs, or those that say by which context. */
export function askedClusters(files: InputFiles): 'all' | readonly string[] {
  const inputs = sortInputs(files, () => {});
  const leads = ({ name }: { readonly name: string }) => {
    const input = inputs.clusters.find((one) => one.name === name);
    return input !== undefined && readCluster(files, input, () => {})?.document.value.spec.value.context !== undefined;
  };
  const asked = inputs.clusters.filter(leads).map(({ name }) => name);
  const used = inputs.environments.map(({ cluster }) => cluster);
  return asked.length > 0 && used.every((name) => asked.includes(name)) ? 'all' : asked;
}

/** What is declared on each cluster on which something runs: kinds, and the namespaces that the fleet manages. */
export function driftScopes(files: InputFiles): ReadonlyMap<string, DriftScope> {
  const inputs = sortInputs(files, () => {});
  if (inputs.environments.length === 0) return new Map();
  const { units, diagnostics } = compile(files, { compiler, schemas, assumeSealed: true });
  if (hasErrors(diagnostics))
    throw new Failure(
      'the fleet does not compile, so nobody knows what drift must be able to see',
      '`stowage compile --check` tells why',
    );
  const factsOf = new Map(units.flatMap(({ name, facts }) => (facts === undefined ? [] : [[name, facts] as const])));
  const scopes = new Map<string, DriftScope>();
  for (const input of inputs.clusters) {
    const environments = inputs.environments.filter(({ cluster }) => cluster === input.name);
    const deployed = environments.flatMap((environment) => {
      const systems = entriesOf(readEnvironment(files, environment, () => {})?.document.value.spec.value.systems);
      return systems.flatMap(([system]) => factsOf.get(overlayFolder(environment.name, system)) ?? []);
    });
    const kubernetes = readCluster(files, input, () => {})?.document.value.spec.value.kubernetes.value;
    if (deployed.length === 0 || kubernetes === undefined) continue;
    const declared = deployed.flatMap(({ objects }) => objects.map((object) => object.slice(0, object.lastIndexOf(' '))));
    const ours = ['argoproj.io/v1alpha1 AppProject', 'argoproj.io/v1alpha1 Application'];
    const kinds = [...new Set([...declared, ...ours])].sort(compareText).map((id) => {
      const [apiVersion = '', kind = ''] = id.split(' ');
      return { apiVersion, kind };
    });
    // Secrets are also looked for where an object names a namespace of its own.
    const own = deployed.flatMap(({ objects }) => objects.flatMap(secretNamespace));
    const namespaces = [...new Set([...deployed.map(({ namespace }) => namespace), ...own])];
    scopes.set(input.name, { kinds, namespaces, kubernetes });
  }
  return scopes;
}

function secretNamespace(object: string): string[] {
  const { kind, namespace } = identified(object);
  return namespace !== undefined && (kind === 'SealedSecret' || kind === 'Secret') ? [namespace] : [];
}
