import type { SystemPlaintext } from '../check/check-environment-plaintext.ts';
import type { Subject } from '../check/rule.ts';
import { rules } from '../check/rules.ts';
import { type Diagnostic, hasErrors, type Report } from '../diagnostics/diagnostic.ts';
import { applyPatches } from '../expand/apply-patches.ts';
import { expandSystem } from '../expand/expand-system.ts';
import { finishObjects } from '../expand/finish-objects.ts';
import { rollWithSecrets } from '../expand/roll-with-secrets.ts';
import type { Base } from '../factor/base.ts';
import { factorOverlay } from '../factor/overlay.ts';
import { type Amounts, writeAmounts } from '../footprint/amounts.ts';
import { budgetOf, capacityOf } from '../footprint/bounds.ts';
import { type ComponentFootprint, componentFootprints } from '../footprint/component-footprints.ts';
import { addFootprints } from '../footprint/footprint.ts';
import type { Catalogue } from '../kubernetes/catalogue.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { Freeze, SystemSettings } from '../language/environment.ts';
import type { Stage } from '../language/fleet.ts';
import { groupOf } from '../model/api-group.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { placeOf } from '../model/origin.ts';
import { baseFolder, overlayFolder } from '../model/output-paths.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { wholeFile } from '../model/source-file.ts';
import type { SystemFacts, Workload } from '../model/system-facts.ts';
import { entriesOf, itemsOf, type Tracked, untrack } from '../model/tracked.ts';
import { printOverlay } from '../print/print-overlay.ts';
import type { Cluster, Environment } from '../read/read-documents.ts';
import type { Release } from '../read/read-release.ts';
import { checkExpressions } from '../resolve/check-expressions.ts';
import { clusterFacts } from '../resolve/cluster-facts.ts';
import { checkNames, checkProfiles } from '../resolve/layers.ts';
import { nameSourcesAt } from '../resolve/name-sources.ts';
import { resolveSystem } from '../resolve/resolve-system.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import { partsInUse } from './compile-release.ts';
import { bridged, withholdConsequences } from './withhold-consequences.ts';

export interface SystemRequest {
  readonly environment: Environment;
  readonly cluster: Cluster;
  readonly settings: Tracked<SystemSettings>;
  readonly release: Release;
  readonly waves: ReadonlyMap<string, number>;
  /** None where nothing is to be printed. */
  readonly base: Base | undefined;
  readonly stage: Stage;
  readonly plaintext: SystemPlaintext;
  readonly catalogue: Catalogue;
  readonly schemas: KubernetesSchemas | undefined;
  readonly assumeSealed?: boolean | undefined;
}

export interface CompiledSystem {
  readonly files: ReadonlyMap<string, string>;
  readonly facts: SystemFacts;
  readonly resolved: ResolvedSystem;
  /** What is meant, with origins. */
  readonly desired: readonly DesiredObject[];
  readonly footprints: readonly ComponentFootprint[];
  readonly allowance: () => Allowance;
  /** The same as the cluster gets it. */
  readonly finished: () => readonly PlainObject[];
}

interface Meant {
  readonly resolved: ResolvedSystem;
  readonly desired: readonly DesiredObject[];
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What may be requested: by this system, by all of its environment, by all environments of its cluster. */
export interface Allowance {
  readonly system: Amounts;
  readonly environment: Amounts;
  readonly cluster: Amounts;
}

/** One system in one environment: resolve → expand → check → factor → print. */
export function compileSystem(request: SystemRequest, report: Report): CompiledSystem | undefined {
  const { environment, cluster, settings, release, stage, catalogue } = request;
  const diagnostics: Diagnostic[] = [];
  const collectAnd = (tell: Report): Report => {
    return (diagnostic) => {
      diagnostics.push(diagnostic);
      tell(diagnostic);
    };
  };
  const complete = checkNames(release, settings, report);
  checkProfiles(release, settings, collectAnd(report));
  checkExpressions(release, settings as Tracked, collectAnd(report));
  if (hasErrors(diagnostics)) return undefined;
  const collect = collectAnd(complete ? report : withholdConsequences(environment.file, report));
  const spec = environment.document.value.spec.value;
  const resolved = resolveSystem(
    release,
    {
      cluster: clusterFacts(cluster.document),
      environment: {
        name: environment.name,
        stage: spec.stage?.value ?? '',
        settings,
        labels: spec.labels,
        namespace: spec.namespace,
        createsNamespace: createsNamespace(environment, release.system),
        sealed: environment.sealed,
        assumeSealed: request.assumeSealed,
      },
    },
    collect,
  );
  if (hasErrors(complete ? diagnostics : diagnostics.filter(({ code }) => !bridged.has(code)))) return undefined;
  const told: Report = (diagnostic) =>
    collect(nameSourcesAt(diagnostic, resolved.computed, { name: environment.name, settings }));
  const expanded = expandSystem({
    system: resolved,
    waves: request.waves,
    report: told,
    isNamespaced: catalogue.isNamespaced,
  });
  const patched = applyPatches(expanded, settings.value.patches, catalogue.mergeKeysOf, told);
  const desired = rollWithSecrets(patched, resolved);
  const place =
    (settings.origin.kind === 'spec' ? settings.origin.key : undefined) ??
    placeOf(settings.origin) ??
    wholeFile(environment.file);
  const subject: Subject = {
    system: resolved,
    release,
    cluster,
    objects: desired,
    stage,
    plaintext: request.plaintext,
    schemas: request.schemas,
    assumeSealed: request.assumeSealed === true,
    place,
  };
  for (const rule of rules) rule(subject, told);
  if (!complete || hasErrors(diagnostics)) return undefined;
  const footprints = componentFootprints(desired);
  const labels = { ...untracked(spec.labels), ...untracked(settings.value.labels) };
  const namespace = resolved.namespace.name;
  return {
    files: request.base === undefined ? new Map() : printedFiles(request, request.base, { resolved, desired, namespace, labels }),
    facts: factsOf(request, resolved, desired, footprints),
    resolved,
    desired,
    footprints,
    allowance: () => ({
      system: budgetOf(settings.value.budget)?.amounts ?? {},
      environment: budgetOf(spec.budget)?.amounts ?? {},
      cluster: capacityOf(cluster.document).amounts,
    }),
    finished: () => finishObjects(desired, namespace, labels),
  };
}

function printedFiles(
  { environment, settings, catalogue }: SystemRequest,
  base: Base,
  { resolved, desired, namespace, labels }: Meant,
): Map<string, string> {
  const overlay = factorOverlay({
    environment: environment.name,
    base,
    namespace,
    labels,
    parts: partsInUse(resolved),
    desired,
    mergeKeyAt: catalogue.mergeKeysOf,
  });
  return printOverlay(overlay, environment.file.path, reasonsOf(settings, desired));
}

function factsOf(
  { environment, settings, release }: SystemRequest,
  resolved: ResolvedSystem,
  desired: readonly DesiredObject[],
  footprints: readonly ComponentFootprint[],
): SystemFacts {
  const namespaceOf = (object: DesiredObject) =>
    asMap(object.plain.metadata)?.namespace ?? (object.namespaced ? resolved.namespace.name : undefined);
  const system = resolved.name;
  const { minimum, maximum } = addFootprints(footprints.map(({ footprint }) => footprint));
  return {
    system,
    namespace: resolved.namespace.name,
    autoscaled: desired.flatMap((object) => (object.kind === 'HorizontalPodAutoscaler' ? autoscaledWorkload(object) : [])),
    // The parts that it takes lie inside the base.
    folders: [overlayFolder(environment.name, system), baseFolder(system, release.release)],
    after: itemsOf(settings.value.after).map((name) => name.value as string),
    freeze: untracked(settings.value.freeze as Tracked<Freeze[]> | undefined, [] as Freeze[]),
    hosts: hostsOf(desired),
    nodePorts: nodePortsOf(desired),
    objects: desired.map((object) => `${object.apiVersion} ${object.kind} ${String(namespaceOf(object) ?? '')}/${object.name}`),
    requests: { minimum: writeAmounts(minimum.requests), maximum: writeAmounts(maximum.requests) },
  };
}

function autoscaledWorkload(autoscaler: DesiredObject): Workload[] {
  const target = asMap(asMap(autoscaler.plain.spec)?.scaleTargetRef);
  if (target === undefined) return [];
  return [{ group: groupOf(String(target.apiVersion ?? '')), kind: String(target.kind), name: String(target.name) }];
}

function hostsOf(desired: readonly DesiredObject[]): string[] {
  return desired.flatMap((object) => {
    if (object.kind !== 'Ingress') return [];
    return asList(asMap(object.plain.spec)?.rules).flatMap((rule) =>
      asList(asMap(rule.http)?.paths).map((path) => `${String(rule.host ?? '*')}${String(path.path)}`),
    );
  });
}

function nodePortsOf(desired: readonly DesiredObject[]): string[] {
  return desired.flatMap((object) => {
    if (object.kind !== 'Service') return [];
    return asList(asMap(object.plain.spec)?.ports).flatMap(({ nodePort, protocol }) =>
      nodePort === undefined ? [] : [`${String(nodePort)}/${String(protocol ?? 'TCP')}`],
    );
  });
}

/** Why somebody patched, by the file that shows it. */
function reasonsOf(settings: Tracked<SystemSettings>, desired: readonly DesiredObject[]): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const patch of itemsOf(settings.value.patches)) {
    const { kind, name } = untrack(patch.value.target);
    const topic = desired.find((object) => object.kind === kind && object.name === name)?.topic;
    if (topic !== undefined) reasons.set(topic, [...(reasons.get(topic) ?? []), `${kind}/${name}: ${patch.value.reason.value}`]);
  }
  return reasons;
}

function untracked<T>(tracked: Tracked<T> | undefined, fallback: T = {} as T): T {
  return tracked === undefined ? fallback : untrack(tracked);
}

/** Of the systems that share the environment's namespace the first one makes it. */
export function createsNamespace(environment: Environment, system: string): boolean {
  const sharing = entriesOf(environment.document.value.spec.value.systems).filter(
    ([, settings]) => settings.value.namespace === undefined,
  );
  return sharing[0]?.[0] === system;
}
