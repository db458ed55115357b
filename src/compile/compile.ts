import { type EnvironmentFacts, repositoryOf } from '../argocd/deployment-facts.ts';
import { checkAcross, type Deployed } from '../check/check-across.ts';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { SystemSettings } from '../language/environment.ts';
import { digestOf } from '../model/digest.ts';
import type { InputFiles } from '../model/input-files.ts';
import { placeOf } from '../model/origin.ts';
import { argocdFolder, baseFolder, overlayFolder } from '../model/output-paths.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import type { SystemFacts } from '../model/system-facts.ts';
import { childOf, entriesOf, type Tracked, untrack } from '../model/tracked.ts';
import { printEnvironment, printRoot } from '../print/print-argocd.ts';
import { printBase } from '../print/print-base.ts';
import type { Environment, Fleet } from '../read/read-documents.ts';
import { readFleet } from '../read/read-documents.ts';
import { type EnvironmentInput, type FleetInputs, headRelease, type ReleaseInput, sortInputs } from '../read/sort-inputs.ts';
import { type CompiledSystem, compileSystem } from './compile-system.ts';
import { expectedObjects } from './expected-objects.ts';
import { createShelf, type Shelf } from './shelf.ts';
import type { RememberedUnit, Unit } from './unit.ts';

export interface CompileOptions {
  /** The OpenAPI of a Kubernetes version, where it is known. */
  readonly schemas: (minor: string) => KubernetesSchemas | undefined;
  /** Identifies this compiler: another one may print the same inputs otherwise. */
  readonly compiler: string;
  /** What an earlier run wrote, if it still lies there unchanged. */
  readonly remember?: (unit: string) => RememberedUnit | undefined;
  /** Sees every system as it is compiled; what it asks for is compiled even when it is remembered. */
  readonly inspect?: {
    readonly wants: (environment: string, system: string) => boolean;
    readonly see: (environment: string, compiled: CompiledSystem) => void;
  };
}

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
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  // What was made without a problem may be remembered.
  const problems = () => diagnostics.length;
  const inputs = sortInputs(files, report);
  const fleet = readFleet(inputs, report);
  const shelf = createShelf(inputs, options, report);

  const bases = inputs.releases.flatMap((input) => baseUnit(input, shelf, options, problems));
  const environments =
    fleet === undefined
      ? []
      : inputs.environments.map((input) => compileEnvironment(input, fleet, inputs, shelf, options, report, problems));
  const roots = fleet === undefined ? [] : inputs.clusters.map((cluster) => rootUnit(cluster.name, fleet, inputs, options));
  checkAcross(
    environments.flatMap((environment) => environment.deployed),
    report,
  );

  return {
    units: [...bases, ...environments.flatMap((environment) => environment.units), ...roots],
    diagnostics: sortDiagnostics(diagnostics),
  };
}

function baseUnit(input: ReleaseInput, shelf: Shelf, options: CompileOptions, problems: () => number): Unit[] {
  const name = baseFolder(input.system, input.release);
  const key = digestOf(
    'base',
    options.compiler,
    input.system,
    input.release,
    input.digest,
    input.sealPath === undefined ? '' : 'frozen',
  );
  const remembered = options.remember?.(name);
  if (remembered?.key === key) return [{ ...remembered, contents: undefined }];
  const before = problems();
  const base = shelf.base(releaseId(input.system, input.release));
  if (base === undefined) return [];
  return [asUnit(name, problems() === before ? key : '', printBase(base, input.documentPath))];
}

interface CompiledEnvironment {
  readonly units: readonly Unit[];
  readonly deployed: readonly Deployed[];
}

function compileEnvironment(
  input: EnvironmentInput,
  fleet: Fleet,
  inputs: FleetInputs,
  shelf: Shelf,
  options: CompileOptions,
  report: Report,
  problems: () => number,
): CompiledEnvironment {
  const unitName = `${argocdFolder(input.cluster)}/${input.name}`;
  const keyFor = (releases: readonly string[]) =>
    digestOf(
      'environment',
      options.compiler,
      input.digest,
      shelf.clusterDigest(input.cluster),
      inputs.fleetDigest,
      ...releases.flatMap((id) => [id, shelf.releaseInput(id)?.digest ?? '']),
    );
  const unchanged = rememberedEnvironment(input, unitName, keyFor, shelf, options);
  if (unchanged !== undefined) return unchanged;

  const environment = shelf.environment(input);
  const cluster = shelf.cluster(input.cluster);
  if (cluster === undefined && shelf.clusterDigest(input.cluster) === '') {
    report({
      code: 'misplaced-file',
      severity: 'error',
      message: `there is no clusters/${input.cluster}/cluster.yaml`,
      place: wholeFile({ path: input.path, text: '' }),
      hint: 'a cluster says at least its Kubernetes version',
    });
  }
  if (environment === undefined || cluster === undefined) return { units: [], deployed: [] };
  const spec = environment.document.value.spec.value;
  const stage = stageOf(environment, fleet, report);
  const units: Unit[] = [];
  const deployed: Deployed[] = [];
  const releases: string[] = [];
  const systems = entriesOf(spec.systems) as [string, Tracked<SystemSettings>][];
  const before = problems();
  for (const [system, settings] of systems) {
    const version = settings.value.release?.value ?? headRelease;
    const id = releaseId(system, version);
    releases.push(id);
    const found = shelf.releaseInput(id);
    if (found === undefined) {
      reportUnknownRelease(system, settings, inputs, environment, report);
      continue;
    }
    if (stage.protected === true && version === headRelease) reportUnfrozen(system, settings, environment, inputs, report);
    const common = JSON.stringify([
      environment.name,
      spec.stage?.value,
      stage,
      untrack((spec.labels ?? { value: {} }) as Tracked),
      spec.namespace?.value,
      untrack(settings as Tracked),
    ]);
    const sealed = [...input.sealed]
      .filter(([key]) => key.startsWith(`${system}/`))
      .flatMap(([key, path]) => [key, inputs.files.get(path) ?? '']);
    const key = digestOf('overlay', options.compiler, common, shelf.clusterDigest(input.cluster), id, found.digest, ...sealed);
    const unit = overlayUnit(system, key, settings);
    if (unit === undefined) continue;
    units.push(unit);
    deployed.push({
      cluster: input.cluster,
      environment: input.name,
      facts: unit.facts as SystemFacts,
      place: () => keyPlace(settings as Tracked, environment),
    });
  }
  if (deployed.length < systems.length) return { units, deployed };
  const facts: EnvironmentFacts = {
    name: input.name,
    cluster: input.cluster,
    stage,
    destination:
      cluster.document.value.spec.value.destination === undefined ? {} : untrack(cluster.document.value.spec.value.destination),
    freeze: spec.freeze === undefined ? [] : untrack(spec.freeze),
    systems: deployed.map((one) => one.facts),
  };
  const argocd = asUnit(
    unitName,
    problems() === before ? keyFor(releases) : '',
    printEnvironment(facts, repositoryOf(untrack(fleet.document).spec), input.path),
  );
  return { units: [...units, { ...argocd, uses: { releases, systems: systems.map(([system]) => system) } }], deployed };

  function overlayUnit(system: string, key: string, settings: Tracked<SystemSettings>): Unit | undefined {
    const name = overlayFolder(input.name, system);
    const remembered = options.remember?.(name);
    if (remembered?.key === key && options.inspect?.wants(input.name, system) !== true)
      return { ...remembered, contents: undefined };
    const known = problems();
    const id = releaseId(system, settings.value.release?.value ?? headRelease);
    const [release, base] = [shelf.release(id), shelf.base(id)];
    if (release === undefined || base === undefined || environment === undefined || cluster === undefined) return undefined;
    const catalogue = shelf.catalogue(id);
    const compiled = compileSystem(
      {
        environment,
        cluster,
        settings,
        release,
        base,
        stage,
        catalogue,
        schemas: options.schemas(cluster.document.value.spec.value.kubernetes.value),
      },
      report,
    );
    if (compiled === undefined) return undefined;
    options.inspect?.see(input.name, compiled);
    return {
      ...asUnit(name, problems() === known ? key : '', compiled.files),
      facts: compiled.facts,
      expected: expectedObjects(compiled.finished),
      reads: compiled.facts.folders,
    };
  }
}

/** An environment none of whose inputs changed is not even parsed. */
function rememberedEnvironment(
  input: EnvironmentInput,
  unitName: string,
  keyFor: (releases: readonly string[]) => string,
  shelf: Shelf,
  options: CompileOptions,
): CompiledEnvironment | undefined {
  const remembered = options.remember?.(unitName);
  if (remembered?.uses === undefined || remembered.key !== keyFor(remembered.uses.releases)) return undefined;
  const { systems } = remembered.uses;
  if (systems.some((system) => options.inspect?.wants(input.name, system) === true)) return undefined;
  const overlays = systems.map((system) => options.remember?.(overlayFolder(input.name, system)));
  if (overlays.some((overlay) => overlay?.facts === undefined)) return undefined;
  const units = [...(overlays as RememberedUnit[]), remembered].map((unit): Unit => ({ ...unit, contents: undefined }));
  const place = (system: string) => () => {
    const environment = shelf.environment(input);
    const settings = childOf(environment?.document.value.spec.value.systems as Tracked | undefined, system);
    return environment === undefined || settings === undefined
      ? wholeFile({ path: input.path, text: '' })
      : keyPlace(settings, environment);
  };
  return {
    units,
    deployed: (overlays as RememberedUnit[]).map((overlay) => ({
      cluster: input.cluster,
      environment: input.name,
      facts: overlay.facts as SystemFacts,
      place: place((overlay.facts as SystemFacts).system),
    })),
  };
}

function rootUnit(cluster: string, fleet: Fleet, inputs: FleetInputs, options: CompileOptions): Unit {
  const name = `${argocdFolder(cluster)}/root.yaml`;
  const key = digestOf('root', options.compiler, cluster, inputs.fleetDigest);
  const remembered = options.remember?.(name);
  if (remembered?.key === key) return { ...remembered, contents: undefined };
  return asUnit(name, key, printRoot(cluster, repositoryOf(untrack(fleet.document).spec), inputs.fleetPath));
}

function asUnit(name: string, key: string, contents: ReadonlyMap<string, string>): Unit {
  return { name, key, contents, files: Object.fromEntries([...contents].map(([path, text]) => [path, digestOf(text)])) };
}

export function releaseId(system: string, release: string): string {
  return `${system}/${release}`;
}

function keyPlace(node: Tracked, environment: Environment): Place {
  return (node.origin.kind === 'spec' ? node.origin.key : undefined) ?? placeOf(node.origin) ?? wholeFile(environment.file);
}

function stageOf(environment: Environment, fleet: Fleet, report: Report) {
  const named = environment.document.value.spec.value.stage;
  if (named === undefined) return {};
  const stages = untrack(fleet.document).spec.stages ?? {};
  const stage = stages[named.value];
  if (stage !== undefined) return stage;
  const hint = didYouMean(named.value, Object.keys(stages));
  report({
    code: 'unknown-stage',
    severity: 'error',
    message: `${fleet.file.path} declares no stage \`${named.value}\``,
    place: placeOf(named.origin) ?? wholeFile(environment.file),
    ...(hint === undefined ? {} : { hint }),
  });
  return {};
}

function reportUnknownRelease(
  system: string,
  settings: Tracked<SystemSettings>,
  inputs: FleetInputs,
  environment: Environment,
  report: Report,
): void {
  const known = inputs.releases.filter((release) => release.system === system);
  const written = settings.value.release;
  const place =
    (written === undefined || known.length === 0 ? undefined : placeOf(written.origin)) ??
    keyPlace(settings as Tracked, environment);
  if (known.length === 0) {
    const hint = didYouMean(system, [...new Set(inputs.releases.map((release) => release.system))]);
    report({
      code: 'unknown-system',
      severity: 'error',
      message: `there is no System \`${system}\``,
      place,
      ...(hint === undefined ? {} : { hint }),
    });
  } else {
    const hint = didYouMean(
      written?.value ?? headRelease,
      known.map((release) => release.release),
    );
    report({
      code: 'unknown-release',
      severity: 'error',
      message: `System ${system} has no release \`${written?.value ?? headRelease}\``,
      place,
      ...(hint === undefined ? {} : { hint: `${hint}; \`stowage release ${system} <version>\` freezes the head` }),
    });
  }
}

function reportUnfrozen(
  system: string,
  settings: Tracked<SystemSettings>,
  environment: Environment,
  inputs: FleetInputs,
  report: Report,
): void {
  const frozen = inputs.releases
    .filter((release) => release.system === system && release.release !== headRelease)
    .map((release) => release.release);
  report({
    code: 'unfrozen-release',
    severity: 'error',
    message: `${environment.name} is protected and runs the head of ${system}, which changes with every edit`,
    place:
      placeOf(settings.value.release?.origin ?? { kind: 'convention', because: '' }) ??
      keyPlace(settings as Tracked, environment),
    hint:
      frozen.length > 0
        ? `name a frozen release: ${frozen.join(', ')}`
        : `freeze one with \`stowage release ${system} 1.0.0\` and say \`release: 1.0.0\``,
  });
}
