import type { SystemPlaintext } from '../check/check-environment-plaintext.ts';
import type { Subject } from '../check/rule.ts';
import { rules } from '../check/rules.ts';
import { createCollector } from '../diagnostics/collector.ts';
import { hasErrors, type Report } from '../diagnostics/diagnostic.ts';
import { applyPatches } from '../expand/apply-patches.ts';
import { expandSystem } from '../expand/expand-system.ts';
import { finishObjects } from '../expand/finish-objects.ts';
import { rollWithSecrets } from '../expand/roll-with-secrets.ts';
import type { Base } from '../factor/base.ts';
import { factorOverlay } from '../factor/overlay.ts';
import type { Amounts } from '../footprint/amounts.ts';
import { budgetOf, capacityOf } from '../footprint/bounds.ts';
import { type ComponentFootprint, componentFootprints } from '../footprint/component-footprints.ts';
import type { Catalogue } from '../kubernetes/catalogue.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { SystemSettings } from '../language/environment.ts';
import type { Stage } from '../language/fleet.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { placeOf } from '../model/origin.ts';
import { wholeFile } from '../model/source-file.ts';
import type { SystemFacts } from '../model/system-facts.ts';
import { entriesOf, itemsOf, type Tracked, untrack } from '../model/tracked.ts';
import { printOverlay } from '../print/print-overlay.ts';
import { isWhole } from '../read/read-document.ts';
import type { Cluster, Environment } from '../read/read-documents.ts';
import type { Release } from '../read/read-release.ts';
import { checkExpressions } from '../resolve/check-expressions.ts';
import { clusterFacts } from '../resolve/cluster-facts.ts';
import { checkNames, checkProfiles } from '../resolve/layers.ts';
import { nameSourcesAt } from '../resolve/name-sources.ts';
import { resolveSystem } from '../resolve/resolve-system.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import { partsInUse } from './compile-release.ts';
import { factsOfSystem } from './facts-of-system.ts';
import { bridged, mayLackNames, withholdConsequences } from './withhold-consequences.ts';

export interface SystemRequest {
  readonly environment: Environment;
  readonly cluster: Cluster;
  readonly settings: Tracked<SystemSettings>;
  readonly release: Release;
  /** Whether the release has problems: then it is looked through for those of the environment, and nothing is made. */
  readonly troubled: boolean;
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
  const consequences = withholdConsequences(environment.file, cluster, report);
  const described = checkDescribed(request, consequences, report);
  if (described === 'unresolvable') return undefined;
  const complete = described === 'whole';
  const { diagnostics, collectAnd } = createCollector();
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
    collectAnd(complete ? report : consequences),
  );
  if (hasErrors(diagnostics.filter(({ code }) => !bridged.has(code)))) return undefined;
  const collect = collectAnd(complete && !hasErrors(diagnostics) ? report : consequences);
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
  const labels = resolved.labels === undefined ? {} : untrack(resolved.labels);
  const namespace = resolved.namespace.name;
  return {
    files: request.base === undefined ? new Map() : printedFiles(request, request.base, { resolved, desired, namespace, labels }),
    facts: factsOfSystem(environment.name, settings, subject, footprints),
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

/**
 * What the rest is made of. As a whole it was read as it is written, and names what is there; in part it can be
 * looked through, and nothing is made of it.
 */
function checkDescribed(
  { environment, cluster, settings, release, troubled }: SystemRequest,
  consequences: Report,
  report: Report,
): 'whole' | 'in part' | 'unresolvable' {
  const { diagnostics, collectAnd } = createCollector();
  const ofNames: Report = mayLackNames(release) ? () => {} : report;
  const named = checkNames(release, settings as Tracked, ofNames);
  checkProfiles(release, settings, collectAnd(ofNames));
  const typed = isWhole(release) && isWhole(environment);
  checkExpressions(release, settings as Tracked, collectAnd(typed ? report : consequences));
  if (hasErrors(diagnostics)) return 'unresolvable';
  return named && typed && isWhole(cluster) && !troubled ? 'whole' : 'in part';
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

/** Of the systems that share the environment's namespace the first one makes it. */
export function createsNamespace(environment: Environment, system: string): boolean {
  const sharing = entriesOf(environment.document.value.spec.value.systems).filter(
    ([, settings]) => settings.value.namespace === undefined,
  );
  return sharing[0]?.[0] === system;
}
