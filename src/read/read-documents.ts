import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { ClusterDocument } from '../language/cluster.ts';
import type { EnvironmentDocument } from '../language/environment.ts';
import type { FleetDocument } from '../language/fleet.ts';
import type { InputFiles } from '../model/input-files.ts';
import { placeOf } from '../model/origin.ts';
import { type SourceFile, wholeFile } from '../model/source-file.ts';
import { childOf, type Tracked, type TrackedMap } from '../model/tracked.ts';
import { type DocumentKind, kinds, type Readable, type Surveyed, surveyDocument, whole } from './read-document.ts';
import { readText } from './read-text.ts';
import { readTree } from './read-tree.ts';
import type { ClusterInput, EnvironmentInput, FleetInputs } from './sort-inputs.ts';

export interface Environment extends Surveyed {
  readonly name: string;
  readonly cluster: string;
  readonly file: SourceFile;
  readonly document: Tracked<EnvironmentDocument>;
  /** Sealed secrets: system/secret → the SealedSecret as it was written. */
  readonly sealed: ReadonlyMap<string, Tracked>;
}

export interface Cluster extends Surveyed {
  readonly name: string;
  readonly file: SourceFile;
  readonly document: Tracked<ClusterDocument>;
  /** The certificate that secrets are sealed for, as PEM, with the place that names or holds it. */
  readonly certificate: Tracked<string> | undefined;
}

export type Fleet = Readable<FleetDocument>;

export function readFleet(inputs: FleetInputs, report: Report): Fleet | undefined {
  return whole(surveyFleet(inputs, false, report));
}

export function readEnvironment(files: InputFiles, input: EnvironmentInput, report: Report): Environment | undefined {
  return whole(surveyEnvironment(files, input, report));
}

export function readCluster(files: InputFiles, input: ClusterInput, report: Report): Cluster | undefined {
  return whole(surveyCluster(files, input, report));
}

const trustedFleet: DocumentKind = { kind: 'Fleet', schema: undefined };

/** `trusted`: something was made of it before, and it need not be held against the schema again. */
export function surveyFleet(inputs: FleetInputs, trusted: boolean, report: Report): Fleet | undefined {
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
  return surveyDocument<FleetDocument>(
    inputs.files,
    inputs.fleetPath,
    'fleet',
    trusted ? trustedFleet : kinds.fleet,
    undefined,
    report,
  );
}

export function surveyEnvironment(files: InputFiles, input: EnvironmentInput, report: Report): Environment | undefined {
  const read = surveyDocument<EnvironmentDocument>(
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
    const sealedFile = readTree(files, path, 'sealed secret', report);
    if (sealedFile === undefined) complete = false;
    else if (childOf(sealedFile.tree, 'kind')?.value !== 'SealedSecret') {
      report({
        code: 'unknown-kind',
        severity: 'error',
        message: 'only a SealedSecret belongs here',
        place: wholeFile(sealedFile.file),
        hint: 'never put a plain Secret into the repository',
      });
      complete = false;
    } else sealed.set(key, sealedFile.tree);
  }
  if (read === undefined || !complete) return undefined;
  return { name: input.name, cluster: input.cluster, sealed, ...read, document: withoutEmptyWords(read.document) };
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

export function surveyCluster(files: InputFiles, input: ClusterInput, report: Report): Cluster | undefined {
  const read = surveyDocument<ClusterDocument>(files, input.path, `cluster ${input.name}`, kinds.cluster, input.name, report);
  if (read === undefined) return undefined;
  const named = read.document.value.spec.value.sealing?.value.certificate;
  const certificate = named === undefined ? undefined : readCertificateText(files, input, named, report);
  return { name: input.name, certificate, ...read };
}

/** The text itself, or that of the file it names. */
function readCertificateText(
  files: InputFiles,
  { certificates, path }: ClusterInput,
  named: Tracked<string>,
  report: Report,
): Tracked<string> | undefined {
  if (named.value.includes('-----BEGIN ')) return named;
  const found = certificates.get(named.value);
  if (found !== undefined) {
    const file = readText(files, found, report);
    return file === undefined ? undefined : { value: file.text, origin: named.origin };
  }
  const hint = didYouMean(named.value, [...certificates.keys()]);
  const folder = path.slice(0, path.lastIndexOf('/'));
  const place = placeOf(named.origin);
  if (place !== undefined)
    report({
      code: 'unknown-reference',
      severity: 'error',
      message: `there is no file ${folder}/${named.value}`,
      place,
      hint: hint ?? 'fetch it from the controller with `stowage seal --fetch-cert`',
    });
  return undefined;
}
