import { repositoryOf } from '../argocd/deployment-facts.ts';
import { checkAcross } from '../check/check-across.ts';
import { checkArgocdNames } from '../check/check-argocd-names.ts';
import { checkCapacity } from '../check/check-capacity.ts';
import { checkDocumentPlaintext } from '../check/check-document-plaintext.ts';
import { checkPipelines, type PipelineFacts } from '../check/check-pipelines.ts';
import { checkReleaseWaivers } from '../check/check-release-plaintext.ts';
import { checkSharedNamespaces } from '../check/check-shared-namespaces.ts';
import { reportPlaintext } from '../check/plaintext.ts';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { digestOf } from '../model/digest.ts';
import type { InputFiles } from '../model/input-files.ts';
import { argocdFolder, baseFolder } from '../model/output-paths.ts';
import { type Tracked, untrack } from '../model/tracked.ts';
import { printRoot } from '../print/print-argocd.ts';
import { printBase } from '../print/print-base.ts';
import { isWhole } from '../read/read-document.ts';
import { type Fleet, surveyFleet } from '../read/read-documents.ts';
import { type FleetInputs, type ReleaseInput, sortInputs } from '../read/sort-inputs.ts';
import { type CompiledEnvironment, compileEnvironment, notCompiled } from './compile-environment.ts';
import type { CompileOptions } from './compile-options.ts';
import { baseKey, createShelf, releaseId } from './shelf.ts';
import { asUnit, type RememberedUnit, type Unit } from './unit.ts';
import { withheldWith } from './withhold-consequences.ts';
import type { Work } from './work.ts';

export interface Compilation {
  readonly units: readonly Unit[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The whole pipeline up to printing: pure, in memory, every problem in one run.
 *
 *   read → resolve → expand → check → factor → print
 *
 * Bases come from Systems alone, overlays from one environment and its cluster; what is remembered and
 * still in place is not made again.
 */
export function compile(files: InputFiles, options: CompileOptions): Compilation {
  return compileChanged(files, options).complete();
}

/** What was made anew, and all bases, since overlays are built on them. */
export interface CompiledChanges extends Compilation {
  /** With what was remembered, and with what is to be said of all environments together: no file depends on that. */
  readonly complete: () => Compilation;
}

/** The same for who can start with what was made anew. */
export function compileChanged(files: InputFiles, options: CompileOptions): CompiledChanges {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const inputs = sortInputs(files, report);
  const remembered = rememberedRoots(inputs, options);
  const fleet = surveyFleet(inputs, remembered.size > 0, report);
  const shelf = createShelf(inputs, options, report);
  const work: Work = { inputs, options, report, shelf, problems: () => diagnostics.length, inUse: new Set() };

  const bases = inputs.releases.flatMap((input) => compileBase(input, work));
  const environments = inputs.environments.map((input) => ({
    name: input.name,
    cluster: input.cluster,
    ...(options.passesOver?.(input.name) === true ? notCompiled : compileEnvironment(input, fleet, work)),
  }));
  // No unit asks for a cluster on which nothing runs.
  for (const { name } of inputs.clusters) if (!environments.some(({ cluster }) => cluster === name)) shelf.cluster(name);
  // What is passed over may run a release and waive what it holds.
  if (options.passesOver === undefined) reportUnused(work);
  const roots = fleet !== undefined && isWhole(fleet) ? compileRoots(fleet, remembered, work) : [];
  // Told in every run: stowage.yaml is always read, and who names its environments is remembered.
  if (fleet !== undefined) checkPipelines(fleet.document, pipelineFacts(inputs, environments), report);
  const allOf = (unitsOf: (environment: CompiledEnvironment) => readonly Unit[]) => [
    ...bases,
    ...environments.flatMap(unitsOf),
    ...roots,
  ];
  return {
    units: allOf(({ changed }) => changed),
    diagnostics: sortDiagnostics(diagnostics),
    complete: () => {
      checkTogether(environments, work);
      return { units: allOf(({ units }) => units()), diagnostics: sortDiagnostics(diagnostics) };
    },
  };
}

type Placed = CompiledEnvironment & { readonly cluster: string };

function checkTogether(environments: readonly Placed[], { inputs, shelf, report }: Work): void {
  const deployed = environments.flatMap((environment) => environment.deployed());
  checkAcross(deployed, report);
  checkSharedNamespaces(deployed, report);
  checkArgocdNames(
    deployed,
    inputs.clusters.map(({ name }) => name),
    report,
  );
  for (const { name } of inputs.clusters) {
    const capacity = environments.find((one) => one.cluster === name && one.capacity !== undefined)?.capacity;
    const there = deployed.filter(({ cluster }) => cluster === name);
    // A cluster whose environments are all as they were is read only where it turns out to be too small.
    if (capacity !== undefined) checkCapacity(name, capacity, there, () => shelf.cluster(name)?.document, report);
  }
}

/** What `meaningOnly` leaves out, of one release: its base, and all that is to be said of it. */
export function compileBaseAlone(inputs: FleetInputs, input: ReleaseInput, options: CompileOptions): Compilation {
  return compileAlone(inputs, input, options, () => {});
}

/** All that is told of a release which nothing runs: what looks like a secret in it, too. */
export function compileUnused(inputs: FleetInputs, input: ReleaseInput, options: CompileOptions): Compilation {
  return compileAlone({ ...inputs, releases: [input] }, input, options, reportUnused);
}

function compileAlone(
  inputs: FleetInputs,
  input: ReleaseInput,
  options: CompileOptions,
  tell: (work: Work) => void,
): Compilation {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const shelf = createShelf(inputs, options, report);
  const work: Work = { inputs, options, report, shelf, problems: () => diagnostics.length, inUse: new Set() };
  const units = compileBase(input, work);
  tell(work);
  return { units, diagnostics: sortDiagnostics(diagnostics) };
}

function pipelineFacts(
  { releases }: FleetInputs,
  environments: readonly (CompiledEnvironment & { readonly name: string })[],
): PipelineFacts {
  return {
    systems: [...new Set(releases.map(({ system }) => system))],
    environments: new Map(environments.map(({ name, names }) => [name, names])),
  };
}

function compileBase(input: ReleaseInput, { options, shelf, problems, report }: Work): Unit[] {
  const name = baseFolder(input.system, input.release);
  const key = baseKey(input, options);
  const remembered = options.remember?.get(name);
  if (remembered?.key === key) return [{ ...remembered, contents: undefined }];
  const before = problems();
  const id = releaseId(input.system, input.release);
  const release = shelf.release(id);
  if (release !== undefined) checkReleaseWaivers(release, withheldWith(release, report));
  const clean = shelf.plaintext(id).length === 0;
  if (options.meaningOnly === true) {
    shelf.widest(id);
    return [];
  }
  const base = shelf.base(id);
  if (base === undefined) return [];
  // What was made with a warning is made again, so that the warning is given again.
  return [asUnit(name, clean && problems() === before ? key : undefined, printBase(base, input.documentPath))];
}

/** Plaintext in a release is told by the environments that run it and do not waive it, or here if none does. */
function reportUnused({ inputs, shelf, inUse, report }: Work): void {
  for (const { system, release } of inputs.releases) {
    const id = releaseId(system, release);
    if (!inUse.has(id)) for (const found of shelf.plaintext(id)) reportPlaintext(found, report);
  }
}

/** The app-of-apps of each cluster that was made from this very stowage.yaml before. */
function rememberedRoots(inputs: FleetInputs, options: CompileOptions): Map<string, RememberedUnit> {
  return new Map(
    inputs.clusters.flatMap(({ name }) => {
      const remembered = options.remember?.get(rootName(name));
      return remembered?.key === rootKey(name, inputs, options) ? [[name, remembered] as const] : [];
    }),
  );
}

function compileRoots(fleet: Fleet, remembered: ReadonlyMap<string, RememberedUnit>, work: Work): Unit[] {
  const { options, inputs, report, problems } = work;
  const before = problems();
  if (remembered.size === 0 || remembered.size < inputs.clusters.length)
    checkDocumentPlaintext({ document: fleet.document as Tracked, file: fleet.file }, report);
  const clean = problems() === before;
  return inputs.clusters.map(({ name }) => {
    const unit = remembered.get(name);
    if (unit !== undefined) return { ...unit, contents: undefined };
    const files = printRoot(name, repositoryOf(untrack(fleet.document).spec), inputs.fleetPath);
    return asUnit(rootName(name), clean ? rootKey(name, inputs, options) : undefined, files);
  });
}

function rootName(cluster: string): string {
  return `${argocdFolder(cluster)}/root.yaml`;
}

function rootKey(cluster: string, { fleetDigest }: FleetInputs, { compiler }: CompileOptions): string {
  return digestOf('root', compiler, cluster, fleetDigest);
}
