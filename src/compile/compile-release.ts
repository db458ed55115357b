import { checkPartNames } from '../check/check-part-names.ts';
import { createCollector } from '../diagnostics/collector.ts';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { expandSystem } from '../expand/expand-system.ts';
import { waveDepths } from '../expand/waves.ts';
import { type Base, type Contrast, factorBase, type Variant } from '../factor/base.ts';
import { standsApart } from '../factor/stands-apart.ts';
import type { Catalogue } from '../kubernetes/catalogue.ts';
import { baseFolder } from '../model/output-paths.ts';
import { entriesOf, type Tracked } from '../model/tracked.ts';
import { isWhole } from '../read/read-document.ts';
import type { Release } from '../read/read-release.ts';
import { checkExpressions } from '../resolve/check-expressions.ts';
import { checkSecretDeclarations } from '../resolve/check-secret-declarations.ts';
import { commonCluster } from '../resolve/cluster-facts.ts';
import { isJob } from '../resolve/dependencies.ts';
import { checkNames } from '../resolve/layers.ts';
import { resolveSystem } from '../resolve/resolve-system.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import { ingressPart } from '../resolve/setting.ts';

/** A release with all of its parts on: its overlays need to know no more of the others than that. */
export interface WidestRelease {
  readonly release: Release;
  readonly parts: readonly Toggle[];
  readonly system: ResolvedSystem;
  readonly waves: ReadonlyMap<string, number>;
  /** Whether it has errors: then it is looked through for others, and nothing is made of it. */
  readonly troubled: boolean;
}

/** By the document, which is the same as long as its bytes are; the files beside it are in the digest. */
const known = new WeakMap<object, { readonly digest: string; readonly widest: WidestRelease }>();

/** `trusted`: it was compiled without a problem before, and its expressions need not be held against their types again. */
export function resolveWidest(release: Release, trusted: boolean, report: Report): WidestRelease | undefined {
  const before = known.get(release.document);
  if (before?.digest === release.digest) return before.widest;
  let problems = 0;
  const widest = resolveAll(release, trusted, (diagnostic) => {
    problems += 1;
    report(diagnostic);
  });
  // What has a problem is resolved again, so that the problem is told again.
  if (widest !== undefined && problems === 0) known.set(release.document, { digest: release.digest, widest });
  return widest;
}

function resolveAll(release: Release, trusted: boolean, report: Report): WidestRelease | undefined {
  const { diagnostics, collect } = collectOwn(report);
  if (!trusted) checkExpressions(release, undefined, collect);
  const unresolvable = hasErrors(diagnostics);
  for (const [, profile] of entriesOf(release.document.value.spec.value.profiles))
    checkNames(release, profile as Tracked, collect);
  if (unresolvable) return undefined;
  checkSecretDeclarations(release, collect);
  checkPartNames(release, collect);
  const parts = partsOf(release);
  const system = resolveWith(
    release,
    parts.map((part) => part.name),
    collect,
  );
  const waves = waveDepths(
    system.components.map((component) => component.key),
    system.dependencies,
  );
  return { release, parts, system, waves, troubled: hasErrors(diagnostics) || !isWhole(release) };
}

/** The base of a release: the release at its own defaults, and each of its parts switched on alone. */
export function compileRelease(
  { release, parts, system: widest, waves, troubled }: WidestRelease,
  catalogue: Catalogue,
  report: Report,
): Base | undefined {
  const own = collectOwn(report);
  const resolve = (on: readonly string[], { collect } = own) => resolveWith(release, on, collect);
  const expand = (system: ResolvedSystem, { diagnostics, collect } = own) => {
    const objects =
      troubled || hasErrors(diagnostics)
        ? []
        : expandSystem({ system, waves, report: collect, isNamespaced: catalogue.isNamespaced });
    return objects.filter((object) => !standsApart(object, system.namespace.name));
  };
  const defaults = parts.length === 0 ? widest : resolve([]);
  const defaultObjects = expand(defaults);
  const contrast = (name: string, needed: readonly string[], told = own): Contrast => ({
    without: needed.length === 0 ? defaultObjects : expand(resolve(needed, told), told),
    with: expand(resolve([...needed, name], told), told),
  });
  const variants = parts.map(({ name, component }): Variant => {
    const needed = neededBy(component, name, parts, widest);
    // Where a part cannot be alone, environments that have it so are told.
    const alone = () =>
      contrast(
        name,
        needed.includes(component) ? [component] : [],
        collectOwn(() => {}),
      );
    return { name, ...contrast(name, needed), alone };
  });
  if (troubled || hasErrors(own.diagnostics)) return undefined;
  const replaceable = replaceableComponents(defaults);
  const order = defaults.components.flatMap((component) => [component.key, ingressPart(component.key)]);
  return factorBase(
    { folder: baseFolder(release.system, release.release), system: release.system, release: release.release, waves },
    defaultObjects,
    replaceable,
    variants,
    order,
  );
}

interface Collected {
  readonly diagnostics: readonly Diagnostic[];
  readonly collect: Report;
}

/** Whether what is needed is on is a question to environments; here things are switched on one at a time. */
function collectOwn(report: Report): Collected {
  const { diagnostics, collectAnd } = createCollector();
  const collect = collectAnd(report);
  return {
    diagnostics,
    collect: (diagnostic) => {
      if (diagnostic.code !== 'switched-off') collect(diagnostic);
    },
  };
}

function resolveWith(release: Release, on: readonly string[], report: Report): ResolvedSystem {
  return resolveSystem(release, { cluster: commonCluster, parts: new Set(on) }, report);
}

interface Toggle {
  readonly name: string;
  readonly component: string;
}

/** Everything that can be switched on and off: optional components, and optional ingresses. */
function partsOf(release: Release): Toggle[] {
  return entriesOf(release.document.value.spec.value.components).flatMap(([key, component]) => [
    ...(component.value.optional?.value === true ? [{ name: key, component: key }] : []),
    ...(component.value.ingress?.value.optional?.value === true ? [{ name: ingressPart(key), component: key }] : []),
  ]);
}

/**
 * The optional components without which a part makes no sense: those that its component refers to and, for
 * an ingress, the component itself. The part is described as it is with them.
 */
function neededBy(component: string, part: string, parts: readonly Toggle[], widest: ResolvedSystem): string[] {
  const optional = new Set(parts.filter((toggle) => toggle.name === toggle.component).map((toggle) => toggle.name));
  const needed = new Set<string>(part === component ? [] : optional.has(component) ? [component] : []);
  const visit = (from: string) => {
    for (const edge of widest.dependencies) {
      if (edge.from !== from || edge.to === component || !optional.has(edge.to) || needed.has(edge.to)) continue;
      needed.add(edge.to);
      visit(edge.to);
    }
  };
  visit(component);
  return [...needed];
}

/**
 * Services that others depend on and that depend on nobody: an environment may have them outside. They are
 * parts too, so that no overlay has to delete what its base brings.
 */
function replaceableComponents(defaults: ResolvedSystem): Set<string> {
  const { components, dependencies } = defaults;
  const leaves = components.filter(
    (component) =>
      component.state === 'on' &&
      component.serviceName !== undefined &&
      !isJob(component) &&
      dependencies.some((edge) => edge.to === component.key && edge.network) &&
      !dependencies.some((edge) => edge.from === component.key && edge.to !== component.key),
  );
  return new Set(leaves.filter((component) => component.spec.value.optional?.value !== true).map((component) => component.key));
}

/** The parts that a resolved environment has on. */
export function partsInUse(system: ResolvedSystem): Set<string> {
  return new Set(
    system.components
      .filter((component) => component.state === 'on')
      .flatMap((component) => [component.key, ...(component.ingressOn ? [ingressPart(component.key)] : [])]),
  );
}
