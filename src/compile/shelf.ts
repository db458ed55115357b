import { checkDocumentPlaintext, checkTextPlaintext } from '../check/check-document-plaintext.ts';
import { plaintextOfRelease } from '../check/check-release-plaintext.ts';
import { checkSealingCertificate } from '../check/check-sealing-certificate.ts';
import type { Plaintext } from '../check/plaintext.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Base } from '../factor/base.ts';
import { type Catalogue, catalogueOf } from '../kubernetes/catalogue.ts';
import { definedKinds } from '../kubernetes/defined-kinds.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { digestOf } from '../model/digest.ts';
import { baseFolder } from '../model/output-paths.ts';
import { entriesOf, itemsOf, type Tracked, untrack } from '../model/tracked.ts';
import { type Cluster, type Environment, surveyCluster, surveyEnvironment } from '../read/read-documents.ts';
import { type Release, surveyRelease } from '../read/read-release.ts';
import { readText } from '../read/read-text.ts';
import type { EnvironmentInput, FleetInputs, ReleaseInput } from '../read/sort-inputs.ts';
import { assumeFacts } from './assume-facts.ts';
import { assumeRelease } from './assume-release.ts';
import type { CompileOptions } from './compile-options.ts';
import { compileRelease, resolveWidest, type WidestRelease } from './compile-release.ts';
import { withheldWith } from './withhold-consequences.ts';

/** Documents and bases, each read or made when it is first asked for, and once. */
export interface Shelf {
  releaseInput(id: string): ReleaseInput | undefined;
  release(id: string): Release | undefined;
  widest(id: string): WidestRelease | undefined;
  base(id: string): Base | undefined;
  catalogue(id: string): Catalogue;
  /** What looks like a secret in a release and is not waived there. */
  plaintext(id: string): readonly Plaintext[];
  environment(input: EnvironmentInput): Environment | undefined;
  cluster(name: string): Cluster | undefined;
  clusterDigest(name: string): string | undefined;
  /** A problem of a cluster that was read once is to be told again to whoever uses it in the next run. */
  hasTroubledCluster(name: string): boolean;
}

export function createShelf(inputs: FleetInputs, options: CompileOptions, report: Report): Shelf {
  const releaseInputs = new Map(inputs.releases.map((input) => [releaseId(input.system, input.release), input]));
  const clusterInputs = new Map(inputs.clusters.map((input) => [input.name, input]));
  const isTrusted = (input: ReleaseInput) =>
    options.remember?.get(baseFolder(input.system, input.release))?.key === baseKey(input, options);
  const troubledClusters = new Set<string>();
  const release = once((id) => {
    const input = releaseInputs.get(id);
    if (input === undefined) return undefined;
    return surveyRelease(inputs.files, input, isTrusted(input), report);
  });
  const catalogue = once((id) => {
    const spec = release(id)?.document.value.spec.value;
    // Names of kinds and merge keys are the same in all versions; the newest knows most.
    const newest = options.schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
    const declared = itemsOf(spec?.requires?.value.customResources).map((resource) => untrack(resource));
    const objects = entriesOf(spec?.objects).map(([, object]) => untrack(object as Tracked));
    return catalogueOf(newest, [...declared, ...definedKinds(objects)]);
  });
  const widest = once((id) => {
    const [read, input] = [release(id), releaseInputs.get(id)];
    if (read === undefined || input === undefined) return undefined;
    return resolveWidest(read, isTrusted(input), withheldWith(read, report));
  });
  const base = once((id) => {
    const resolved = widest(id);
    return resolved === undefined ? undefined : compileRelease(resolved, catalogue(id), withheldWith(resolved.release, report));
  });
  const plaintext = once((id) => {
    const input = releaseInputs.get(id);
    // A base with anything to tell is not remembered.
    if (input === undefined || isTrusted(input)) return [];
    const read = release(id);
    return read === undefined ? [] : plaintextOfRelease(read).open;
  });
  const environments = new Map<string, Environment | undefined>();
  return {
    releaseInput: (id) => releaseInputs.get(id),
    release,
    widest,
    base,
    catalogue,
    plaintext,
    environment: (input) => {
      if (!environments.has(input.path)) {
        const read = surveyEnvironment(inputs.files, input, report);
        const { assumeRelease: assumed } = options;
        environments.set(input.path, read === undefined || assumed === undefined ? read : assumeRelease(read, assumed));
      }
      return environments.get(input.path);
    },
    cluster: once((name) => {
      const input = clusterInputs.get(name);
      const read = input === undefined ? undefined : surveyCluster(inputs.files, input, report);
      if (read !== undefined) {
        checkSealingCertificate(read, report);
        const troubled: Report = (diagnostic) => {
          troubledClusters.add(name);
          report(diagnostic);
        };
        checkDocumentPlaintext({ document: read.document as Tracked, file: read.file }, withheldWith(read, troubled));
        for (const path of input?.certificates.values() ?? []) {
          const file = readText(inputs.files, path, troubled);
          if (file !== undefined) checkTextPlaintext(file, troubled);
        }
      }
      return read === undefined || options.assume === undefined ? read : assumeFacts(read, options.assume);
    }),
    hasTroubledCluster: (name) => troubledClusters.has(name),
    clusterDigest: (name) => {
      const digest = clusterInputs.get(name)?.digest;
      return digest === undefined || options.assume === undefined ? digest : digestOf(digest, JSON.stringify(options.assume));
    },
  };
}

function once<Value>(make: (id: string) => Value): (id: string) => Value {
  const made = new Map<string, Value>();
  return (id) => {
    if (!made.has(id)) made.set(id, make(id));
    return made.get(id) as Value;
  };
}

/** All that a base is made from. */
export function baseKey({ system, release, digest }: ReleaseInput, { compiler }: CompileOptions): string {
  return digestOf('base', compiler, system, release, digest);
}

export function releaseId(system: string, release: string): string {
  return `${system}/${release}`;
}
