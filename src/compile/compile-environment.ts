import { type EnvironmentFacts, repositoryOf } from '../argocd/deployment-facts.ts';
import type { Deployed } from '../check/check-across.ts';
import { checkAfter } from '../check/check-after.ts';
import { checkEnvironmentBudget, checkSystemBudget } from '../check/check-budgets.ts';
import { waiversOfDocument } from '../check/check-document-plaintext.ts';
import {
  checkEnvironmentPlaintext,
  plaintextOfSystem,
  type SystemPlaintext,
  scanSealed,
} from '../check/check-environment-plaintext.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { type WrittenAmounts, writeAmounts } from '../footprint/amounts.ts';
import { capacityOf } from '../footprint/bounds.ts';
import type { SystemSettings } from '../language/environment.ts';
import type { Stage } from '../language/fleet.ts';
import { digestOf } from '../model/digest.ts';
import { argocdFolder, overlayFolder } from '../model/output-paths.ts';
import type { SystemFacts } from '../model/system-facts.ts';
import { childOf, entriesOf, type Tracked, untrack } from '../model/tracked.ts';
import { printEnvironment } from '../print/print-argocd.ts';
import { isWhole } from '../read/read-document.ts';
import type { Cluster, Environment, Fleet } from '../read/read-documents.ts';
import { type EnvironmentInput, headRelease } from '../read/sort-inputs.ts';
import { type CompiledSystem, compileSystem } from './compile-system.ts';
import { environmentKey, type OverlayRequest, overlayKey } from './environment-keys.ts';
import {
  mayBeMeant,
  placeOfSystem,
  reportNoCluster,
  reportUnfrozen,
  reportUnknownRelease,
  stageOf,
} from './environment-problems.ts';
import { expectedObjects } from './expected-objects.ts';
import { releaseId } from './shelf.ts';
import { asUnit, type RememberedUnit, type Unit } from './unit.ts';
import { mayRunAnother, withheldWith } from './withhold-consequences.ts';
import type { Work } from './work.ts';

export interface CompiledEnvironment {
  /** An overlay for each system, and the environment's Argo CD files; none where nothing changed. */
  readonly changed: readonly Unit[];
  /** The same, whether anything changed or not. */
  readonly units: () => readonly Unit[];
  readonly deployed: () => readonly Deployed[];
  /** The systems that it names; undefined where it cannot be read. */
  readonly names?: readonly string[] | undefined;
  /** Of its cluster. */
  readonly capacity?: WrittenAmounts;
}

export const notCompiled: CompiledEnvironment = { changed: [], units: () => [], deployed: () => [] };

export function compileEnvironment(input: EnvironmentInput, fleet: Fleet | undefined, work: Work): CompiledEnvironment {
  const unchanged = rememberedEnvironment(input, work);
  if (unchanged !== undefined) return unchanged;
  const { shelf, report, problems } = work;
  const environment = shelf.environment(input);
  const cluster = shelf.cluster(input.cluster);
  if (shelf.clusterDigest(input.cluster) === undefined) reportNoCluster(input, report);
  if (environment === undefined) return notCompiled;
  const names = isWhole(environment) ? Object.keys(environment.document.value.spec.value.systems.value) : undefined;
  if (cluster === undefined) return { ...notCompiled, names };

  const before = problems();
  checkEnvironmentPlaintext(environment, withheldWith(environment, report));
  checkAfter(environment, (name) => mayBeMeant(name, environment, work.inputs), report);
  const stage = stageOf(environment, fleet, report);
  const said = entriesOf(environment.document.value.spec.value.systems) as [string, Tracked<SystemSettings>][];
  const systems = said.filter(([system, settings]) => !mayRunAnother(environment, system, settings));
  const requests = systems.map(([system, settings]) => ({ system, settings, environment, cluster, stage, input }));
  const overlays = requests.flatMap((request) => compileOverlay(request, work));
  const deployed = overlays.map((unit) => asDeployed(input, unit, work));
  if (overlays.length < systems.length || fleet === undefined || !isWhole(fleet) || names === undefined)
    return { changed: overlays, units: () => overlays, deployed: () => deployed, names };
  checkEnvironmentBudget(
    environment.document.value.spec.value.budget,
    deployed,
    () => requests.flatMap((request) => compileHere(request, work, () => {}) ?? []),
    report,
  );

  const releases = systems.map(([system, settings]) => releaseId(system, releaseOf(settings)));
  const clean = problems() === before && !shelf.hasTroubledCluster(input.cluster);
  const key = clean ? environmentKey(input, releases, work) : undefined;
  const argocd = argocdUnit(input, environmentFacts(environment, cluster, stage, overlays), key, fleet, work);
  const capacity = writeAmounts(capacityOf(cluster.document).amounts);
  const uses = { releases, systems: names, capacity };
  const units = [...overlays, { ...argocd, uses }];
  return { changed: units, units: () => units, deployed: () => deployed, names, capacity };
}

function argocdUnit(
  input: EnvironmentInput,
  facts: EnvironmentFacts,
  key: string | undefined,
  fleet: Fleet,
  { options }: Work,
): Unit {
  const repository = repositoryOf(untrack(fleet.document).spec);
  const content = digestOf(options.compiler, input.path, JSON.stringify([facts, repository]));
  const remembered = options.remember?.get(argocdName(input));
  if (remembered?.content === content) return { ...remembered, key, contents: undefined };
  return { content, ...asUnit(argocdName(input), key, printEnvironment(facts, repository, input.path)) };
}

function compileOverlay(request: OverlayRequest, work: Work): Unit[] {
  const { system, settings, environment, stage, input } = request;
  const { shelf, options, problems } = work;
  const name = overlayFolder(input.name, system);
  const report: Report = (diagnostic) => work.report({ ...diagnostic, overlays: [name] });
  const id = releaseId(system, releaseOf(settings));
  if (shelf.releaseInput(id) === undefined) {
    reportUnknownRelease(system, settings, work.inputs, environment, report);
    return [];
  }
  work.inUse.add(id);
  const before = problems();
  const assumed = options.assumeRelease?.system === system;
  if (stage.protected === true && releaseOf(settings) === headRelease && !assumed)
    reportUnfrozen(system, settings, work.inputs, environment, report);
  const key = overlayKey(request, id, work);
  const remembered = options.remember?.get(name);
  const wanted = options.inspect?.wants(input.name, system) === true;
  if (remembered?.key === key && !wanted && problems() === before) return [{ ...remembered, contents: undefined }];

  const plaintext = plaintextHere(request, work);
  for (const found of [...shelf.plaintext(id), ...scanSealed(environment, system)]) plaintext?.report(found, report);
  const compiled = compileHere(request, work, report, plaintext);
  if (compiled === undefined) return [];
  plaintext?.reportUnused(report);
  options.inspect?.see(input.name, compiled);
  checkSystemBudget(settings.value.budget, environment.name, compiled, report);
  const clean = problems() === before && !shelf.hasTroubledCluster(input.cluster);
  const unit = asUnit(name, clean ? key : undefined, compiled.files);
  return [
    {
      facts: compiled.facts,
      expected: options.prove === true ? expectedObjects(compiled.finished()) : undefined,
      ...unit,
    },
  ];
}

function plaintextHere({ system, settings, environment, cluster }: OverlayRequest, { shelf }: Work): SystemPlaintext | undefined {
  const release = shelf.release(releaseId(system, releaseOf(settings)));
  if (release === undefined) return undefined;
  return plaintextOfSystem(environment, system, settings, release, waiversOfDocument(cluster.document as Tracked));
}

function compileHere(
  request: OverlayRequest,
  work: Work,
  report: Report,
  plaintext = plaintextHere(request, work),
): CompiledSystem | undefined {
  const { shelf, options } = work;
  const { system, settings, cluster } = request;
  const id = releaseId(system, releaseOf(settings));
  const [release, widest] = [shelf.release(id), shelf.widest(id)];
  const base = options.meaningOnly === true ? undefined : shelf.base(id);
  if (release === undefined || plaintext === undefined) return undefined;
  const troubled = widest === undefined || (options.meaningOnly === true ? widest.troubled : base === undefined);
  const schemas = options.schemas(cluster.document.value.spec.value.kubernetes.value);
  return compileSystem(
    {
      release,
      base,
      plaintext,
      troubled,
      waves: widest?.waves ?? new Map(),
      catalogue: shelf.catalogue(id),
      schemas,
      assumeSealed: options.assumeSealed,
      ...request,
    },
    report,
  );
}

/** An environment none of whose inputs changed is not even parsed. */
function rememberedEnvironment(input: EnvironmentInput, work: Work): CompiledEnvironment | undefined {
  const { options } = work;
  const argocd = options.remember?.get(argocdName(input));
  if (argocd?.uses === undefined || argocd.key !== environmentKey(input, argocd.uses.releases, work)) return undefined;
  const { systems, capacity, releases } = argocd.uses;
  if (systems.some((system) => options.inspect?.wants(input.name, system) === true)) return undefined;
  const names = systems.map((system) => overlayFolder(input.name, system));
  if (!names.every((name) => options.remember?.has(name) === true)) return undefined;
  for (const release of releases) work.inUse.add(release);
  const overlays = () => names.map((name) => options.remember?.get(name) as RememberedUnit);
  return {
    changed: [],
    units: () => [...overlays(), argocd].map((unit) => ({ ...unit, contents: undefined })),
    deployed: () => overlays().map((unit) => asDeployed(input, unit, work)),
    names: systems,
    capacity,
  };
}

function environmentFacts(environment: Environment, cluster: Cluster, stage: Stage, overlays: readonly Unit[]): EnvironmentFacts {
  const { freeze } = environment.document.value.spec.value;
  const { destination } = cluster.document.value.spec.value;
  return {
    name: environment.name,
    cluster: environment.cluster,
    stage,
    destination: destination === undefined ? {} : untrack(destination),
    freeze: freeze === undefined ? [] : untrack(freeze),
    systems: overlays.map((unit) => unit.facts as SystemFacts),
  };
}

function asDeployed(input: EnvironmentInput, unit: RememberedUnit, { shelf }: Work): Deployed {
  const facts = unit.facts as SystemFacts;
  const place = () => {
    const environment = shelf.environment(input);
    const systems = environment?.document.value.spec.value.systems as Tracked | undefined;
    return placeOfSystem(childOf(systems, facts.system), input, environment);
  };
  return { cluster: input.cluster, environment: input.name, facts, place };
}

function argocdName(input: EnvironmentInput): string {
  return `${argocdFolder(input.cluster)}/${input.name}`;
}

function releaseOf(settings: Tracked<SystemSettings>): string {
  return settings.value.release?.value ?? headRelease;
}
