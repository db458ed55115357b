import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { expandSystem } from '../expand/expand-system.ts';
import { waveDepths } from '../expand/waves.ts';
import { type Base, factorBase, type Variant } from '../factor/base.ts';
import { standsApart } from '../factor/overlay.ts';
import type { Catalogue } from '../kubernetes/catalogue.ts';
import { baseFolder } from '../model/output-paths.ts';
import { entriesOf } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { checkExpressions } from '../resolve/check-expressions.ts';
import { checkSecretDeclarations } from '../resolve/check-secret-declarations.ts';
import { commonCluster } from '../resolve/cluster-facts.ts';
import { isJob } from '../resolve/dependencies.ts';
import { resolveSystem } from '../resolve/resolve-system.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import { ingressPart } from '../resolve/setting.ts';

/** The base of a release: the release at its own defaults, and each of its parts switched on alone. */
export function compileRelease(release: Release, catalogue: Catalogue, report: Report): Base | undefined {
  const diagnostics: Diagnostic[] = [];
  // Whether what is needed is on is a question to environments; here things are switched on one at a time.
  const collect: Report = (diagnostic) => {
    if (diagnostic.code === 'switched-off') return;
    diagnostics.push(diagnostic);
    report(diagnostic);
  };
  checkExpressions(release, undefined, collect);
  if (hasErrors(diagnostics)) return undefined;
  checkSecretDeclarations(release, collect);
  const parts = partsOf(release);
  const resolve = (on: readonly string[]) => resolveSystem(release, { cluster: commonCluster, parts: new Set(on) }, collect);
  const widest = resolve(parts.map((part) => part.name));
  const waves = waveDepths(
    widest.components.map((component) => component.key),
    widest.dependencies,
  );
  const expand = (system: ResolvedSystem) => {
    const objects = hasErrors(diagnostics)
      ? []
      : expandSystem({ system, waves, report: collect, isNamespaced: catalogue.isNamespaced });
    return objects.filter((object) => !standsApart(object, system.namespace.name));
  };
  const defaults = parts.length === 0 ? widest : resolve([]);
  const defaultObjects = expand(defaults);
  const variants: Variant[] = parts.map(({ name, component }) => {
    const needed = neededBy(component, name, parts, widest);
    return {
      name,
      without: needed.length === 0 ? defaultObjects : expand(resolve(needed)),
      with: expand(resolve([...needed, name])),
    };
  });
  if (hasErrors(diagnostics)) return undefined;
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
