import type * as z from 'zod';
import type { Report } from '../diagnostics/diagnostic.ts';
import { type ClusterDocument, clusterSchema } from '../language/cluster.ts';
import { type EnvironmentDocument, environmentDocumentSchema } from '../language/environment.ts';
import { type FleetDocument, fleetSchema } from '../language/fleet.ts';
import { releaseSchema } from '../language/release.ts';
import { type SystemDocument, systemSchema } from '../language/system.ts';
import { digestOf } from '../model/digest.ts';
import type { InputFiles } from '../model/input-files.ts';
import { type SourceFile, wholeFile } from '../model/source-file.ts';
import { atPath, childOf, dropNulls, isTrackedMap, type Tracked, type TrackedMap } from '../model/tracked.ts';
import { checkShape } from './check-shape.ts';
import { parseDocument } from './parse-document.ts';
import { readText } from './read-text.ts';
import { type ClusterInput, type EnvironmentInput, type FleetInputs, headRelease, type ReleaseInput } from './sort-inputs.ts';

export interface Release {
  readonly system: string;
  readonly release: string;
  readonly folder: string;
  readonly digest: string;
  readonly file: SourceFile;
  readonly document: Tracked<SystemDocument>;
  readonly files: ReadonlyMap<string, SourceFile>;
}

export interface Environment {
  readonly name: string;
  readonly cluster: string;
  readonly file: SourceFile;
  readonly document: Tracked<EnvironmentDocument>;
  /** Sealed secrets: system/secret → the SealedSecret as it was written. */
  readonly sealed: ReadonlyMap<string, Tracked>;
}

export interface Cluster {
  readonly name: string;
  readonly file: SourceFile;
  readonly document: Tracked<ClusterDocument>;
}

export interface Fleet {
  readonly file: SourceFile;
  readonly document: Tracked<FleetDocument>;
}

interface DocumentKind {
  readonly kind: string;
  /** None for what is known to fit. */
  readonly schema: z.ZodType | undefined;
}

// Building a schema costs milliseconds and most runs need only some of them.
const kinds = {
  system: lazily('System', () => systemSchema('written')),
  environment: lazily('Environment', environmentDocumentSchema),
  cluster: lazily('Cluster', clusterSchema),
  fleet: lazily('Fleet', fleetSchema),
  release: lazily('Release', releaseSchema),
};

const trustedSystem: DocumentKind = { kind: 'System', schema: undefined };

function lazily(kind: string, build: () => z.ZodType): DocumentKind {
  let schema: z.ZodType | undefined;
  return {
    kind,
    get schema() {
      schema ??= build();
      return schema;
    },
  };
}

export function readFleet(inputs: FleetInputs, report: Report): Fleet | undefined {
  if (!inputs.files.has(inputs.fleetPath)) {
    report({
      code: 'misplaced-file',
      severity: 'error',
      message: `there is no ${inputs.fleetPath} in this folder`,
      place: wholeFile({ path: inputs.fleetPath, text: '' }),
      hint: '`stowage init` starts a fleet here; `--fleet <folder>` names another one',
    });
    return undefined;
  }
  const read = readDocument<FleetDocument>(inputs.files, inputs.fleetPath, 'fleet', kinds.fleet, undefined, report);
  return read;
}

/** `trusted`: it was compiled without a problem before, and need not be held against the schema again. */
export function readRelease(files: InputFiles, input: ReleaseInput, trusted: boolean, report: Report): Release | undefined {
  const layer = input.release === headRelease ? `system ${input.system}` : `system ${input.system} ${input.release}`;
  const read = readDocument<SystemDocument>(
    files,
    input.documentPath,
    layer,
    trusted ? trustedSystem : kinds.system,
    input.system,
    report,
  );
  if (input.sealPath !== undefined) checkSeal(files, input, input.sealPath, report);
  else if (input.release !== headRelease) {
    report({
      code: 'release-edited',
      severity: 'error',
      message: `${input.folder} has no release.yaml`,
      place: wholeFile({ path: input.documentPath, text: '' }),
      hint: `releases are made by \`stowage release ${input.system} ${input.release}\``,
    });
  }
  const contents = new Map<string, SourceFile>();
  for (const [name, path] of input.files) {
    const file = readText(files, path, report);
    if (file !== undefined) contents.set(name, file);
  }
  if (read === undefined || contents.size !== input.files.size) return undefined;
  return { system: input.system, release: input.release, folder: input.folder, digest: input.digest, files: contents, ...read };
}

/** The digest that a release carries: over names and bytes of its files, wherever the folder lies. */
export function releaseDigest(files: InputFiles, input: Pick<ReleaseInput, 'documentPath' | 'files'>): string {
  const parts: [string, string][] = [
    ['system.yaml', input.documentPath],
    ...[...input.files].map(([name, path]): [string, string] => [`files/${name}`, path]),
  ];
  return `sha256:${digestOf(...parts.flatMap(([name, path]) => [name, files.get(path) ?? '']))}`;
}

function checkSeal(files: InputFiles, input: ReleaseInput, sealPath: string, report: Report): void {
  const seal = readDocument(files, sealPath, 'release', kinds.release, input.release, report);
  const digest = atPath(seal?.document, ['spec', 'digest']);
  if (seal === undefined || digest?.value === releaseDigest(files, input)) return;
  report({
    code: 'release-edited',
    severity: 'error',
    message: `release ${input.release} of ${input.system} has been edited after it was frozen`,
    place: digest?.origin.kind === 'spec' ? digest.origin.place : wholeFile(seal.file),
    hint: 'take the edit back (`git checkout` the folder) and make a new release with it instead',
  });
}

export function readEnvironment(files: InputFiles, input: EnvironmentInput, report: Report): Environment | undefined {
  const read = readDocument<EnvironmentDocument>(
    files,
    input.path,
    `environment ${input.name}`,
    kinds.environment,
    input.name,
    report,
  );
  const sealed = new Map<string, Tracked>();
  let complete = true;
  for (const [key, path] of input.sealed) {
    const file = readText(files, path, report);
    const tree = file === undefined ? undefined : parseDocument(file, 'sealed secret', report);
    if (tree === undefined) complete = false;
    else if (childOf(tree, 'kind')?.value !== 'SealedSecret') {
      report({
        code: 'unknown-kind',
        severity: 'error',
        message: 'only a SealedSecret belongs here',
        place: wholeFile(file as SourceFile),
        hint: 'never put a plain Secret into the repository',
      });
      complete = false;
    } else sealed.set(key, tree);
  }
  if (read === undefined || !complete) return undefined;
  return { name: input.name, cluster: input.cluster, sealed, file: read.file, document: withoutEmptyWords(read.document) };
}

/** `shop:` with nothing behind it runs the System as it is, and an empty word of its settings says nothing. */
function withoutEmptyWords(document: Tracked<EnvironmentDocument>): Tracked<EnvironmentDocument> {
  const spec = childOf(document as Tracked, 'spec') as Tracked & { value: TrackedMap };
  const systems = childOf(spec, 'systems') as Tracked & { value: TrackedMap };
  const said = (tree: Tracked): Tracked => ({
    ...tree,
    value: Object.fromEntries(Object.entries((tree.value ?? {}) as TrackedMap).filter(([, word]) => word.value !== null)),
  });
  const named = Object.entries(systems.value).map(([name, settings]) => [name, said(settings)]);
  const words = { ...(said(spec).value as TrackedMap), systems: { ...systems, value: Object.fromEntries(named) } };
  return { ...document, value: { ...document.value, spec: { ...spec, value: words } } } as Tracked<EnvironmentDocument>;
}

export function readCluster(files: InputFiles, input: ClusterInput, report: Report): Cluster | undefined {
  const read = readDocument<ClusterDocument>(files, input.path, `cluster ${input.name}`, kinds.cluster, input.name, report);
  return read === undefined ? undefined : { name: input.name, ...read };
}

function readDocument<Document>(
  files: InputFiles,
  path: string,
  layer: string,
  expected: DocumentKind,
  name: string | undefined,
  report: Report,
): { file: SourceFile; document: Tracked<Document> } | undefined {
  const file = readText(files, path, report);
  const tree = file === undefined ? undefined : parseDocument(file, layer, report);
  if (file === undefined || tree === undefined) return undefined;
  const kind = childOf(tree, 'kind');
  if (kind?.value !== expected.kind) {
    const place = kind?.origin.kind === 'spec' ? kind.origin.place : wholeFile(file);
    report({
      code: 'unknown-kind',
      severity: 'error',
      message: `${path} must be of kind ${expected.kind}`,
      place,
      hint: `write \`kind: ${expected.kind}\` and \`apiVersion: stowage.dev/v1\``,
    });
    return undefined;
  }
  const { schema } = expected;
  if (schema !== undefined && !checkShape(withoutRemovals(tree, expected.kind), schema, file, report)) return undefined;
  const declared = atPath(tree, ['metadata', 'name']);
  if (name !== undefined && declared?.value !== name && declared?.origin.kind === 'spec') {
    report({
      code: 'misplaced-file',
      severity: 'error',
      message: `${path} is about \`${name}\`, and its metadata.name is \`${String(declared.value)}\``,
      place: declared.origin.place,
      hint: 'rename the one or the other',
    });
    return undefined;
  }
  return { file, document: tree as Tracked<Document> };
}

const layerWords = new Set(['parameters', 'env', 'config', 'components', 'objects']);

/** In a layer null removes what lower layers say, so it fits every field there; elsewhere it fits none. */
function withoutRemovals(tree: Tracked, kind: string): Tracked {
  if (kind === 'System') return changeAt(tree, ['spec', 'profiles'], dropNulls);
  return kind === 'Environment' ? changeAt(tree, ['spec', 'systems', '*'], withoutRemovalsOfLayer) : tree;
}

function withoutRemovalsOfLayer(settings: Tracked): Tracked {
  if (!isTrackedMap(settings)) return settings;
  const own = Object.entries(settings.value).filter(([word]) => !layerWords.has(word));
  return { ...settings, value: { ...(dropNulls(settings).value as TrackedMap), ...Object.fromEntries(own) } };
}

/** The tree with what lies at a path changed; `*` is every key. */
function changeAt(tree: Tracked, [key, ...rest]: readonly string[], change: (tree: Tracked) => Tracked): Tracked {
  if (key === undefined) return change(tree);
  if (!isTrackedMap(tree)) return tree;
  const changed = Object.entries(tree.value)
    .filter(([name]) => key === '*' || name === key)
    .map(([name, value]) => [name, changeAt(value, rest, change)]);
  return { ...tree, value: { ...tree.value, ...Object.fromEntries(changed) } };
}
