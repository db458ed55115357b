import type { Report } from '../diagnostics/diagnostic.ts';
import type { ParameterDeclaration } from '../language/system.ts';
import { placeOf } from '../model/origin.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import { childOf, type Tracked, untrack } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { toCel } from './cel.ts';
import { componentView } from './component-views.ts';
import { createEvaluator, type Evaluator, isExpressionFree, type Scope } from './evaluate.ts';
import { type ComponentIdentity, identifyComponent } from './identify-component.ts';
import { gatherLayers, type Layers } from './layers.ts';
import { lazily } from './lazily.ts';
import { nameSources } from './name-sources.ts';
import { checkParameter, placeholder, reportMissing } from './parameters.ts';
import { resolveNamespace } from './resolve-namespace.ts';
import { secretView } from './resolve-secrets.ts';
import type { ComponentState, ResolvedNamespace } from './resolved.ts';
import type { Configured } from './rule-views.ts';
import { ingressPart, type Setting } from './setting.ts';

/** A System in its setting before its components are evaluated: all that expressions can ask for. */
export interface Scene {
  readonly layers: Layers;
  readonly prefix: string;
  readonly namespace: ResolvedNamespace;
  readonly evaluator: Evaluator;
  /** Where problems lie that no single field is to blame for. */
  readonly place: Place;
  readonly variables: Record<string, unknown>;
  identityOf(component: string): ComponentIdentity;
  stateOf(component: string): ComponentState;
  ingressOn(component: string): boolean;
  /** The variables inside a component, where `self` is the component. */
  scopeOf(component: string): Scope;
  /** Every component with its configured values, also those that are off. */
  asConfigured(configured: Configured): object;
}

export function createScene(release: Release, setting: Setting, report: Report): Scene {
  const spec = release.document.value.spec.value;
  const { environment, cluster } = setting;
  const layers = gatherLayers(release, environment?.settings);
  const place = (environment === undefined ? undefined : placeOf(environment.settings.origin)) ?? wholeFile(release.file);
  const prefix = spec.naming?.value === 'plain' ? '' : `${release.system}-`;
  const namespace = resolveNamespace(release, environment);
  const evaluator = createEvaluator((diagnostic, from) => report(nameSources(diagnostic, from, environment)));
  const identities = new Map(Object.entries(layers.components).map(([key, raw]) => [key, identifyComponent(key, raw, prefix)]));
  const identityOf = (key: string) => identities.get(key) as ComponentIdentity;

  const variables: Record<string, unknown> = {
    environment: { name: environment?.name ?? '', stage: environment?.stage ?? '' },
    cluster: { name: cluster.name ?? '', kubernetes: cluster.kubernetes ?? '', domain: cluster.domain, ...cluster.has },
    system: { name: release.system, release: release.release, namespace: namespace.name },
  };
  variables.secrets = secretView(release, { evaluator, variables });
  const scopes = new Map<string, Scope>();
  const scopeOf = (key: string): Scope => {
    const known = scopes.get(key);
    if (known !== undefined) return known;
    const self = {
      get self() {
        return views.get(key);
      },
    };
    const scope = { variables: Object.assign(self, variables) };
    scopes.set(key, scope);
    return scope;
  };

  const states = new Map<string, ComponentState>();
  const stateOf = (key: string): ComponentState => {
    const known = states.get(key);
    if (known !== undefined) return known;
    const state = decideState(layers.components[key] as Tracked, key, setting, evaluator, { variables }, report);
    states.set(key, state);
    return state;
  };

  const ingressOn = (key: string): boolean => {
    const ingress = childOf(layers.components[key], 'ingress');
    if (ingress === undefined) return false;
    const optional = childOf(ingress, 'optional')?.value === true;
    if (setting.parts !== undefined && optional) return setting.parts.has(ingressPart(key));
    const written = childOf(ingress, 'enabled');
    return written === undefined ? !optional : evaluator.evaluate(written, scopeOf(key))?.value === true;
  };

  const viewsOf = (asConfigured?: Configured) => {
    const built = new Map<string, object>();
    const get = (key: string): object => {
      const known = built.get(key);
      if (known !== undefined) return known;
      const view = componentView({
        identity: identityOf(key),
        raw: layers.components[key] as Tracked,
        state: () => stateOf(key),
        scope: () => scopeOf(key),
        evaluator,
        namespace: namespace.name,
        domain: cluster.domain,
        asConfigured,
        ingressOn: () => ingressOn(key),
      });
      built.set(key, view);
      return view;
    };
    return { get, all: lazily(Object.keys(layers.components), get) };
  };
  const views = viewsOf();
  variables.components = views.all;
  variables.parameters = parameterView(
    release,
    layers,
    environment === undefined ? undefined : place,
    evaluator,
    { variables },
    report,
  );

  return {
    layers,
    prefix,
    namespace,
    evaluator,
    place,
    variables,
    identityOf,
    stateOf,
    ingressOn,
    scopeOf,
    asConfigured: (configured) => viewsOf(configured).all,
  };
}

/** `missing` is where an environment should have given a value; a base shows placeholders instead. */
function parameterView(
  release: Release,
  layers: Layers,
  missing: Place | undefined,
  evaluator: Evaluator,
  scope: Scope,
  report: Report,
): object {
  const declared = (release.document.value.spec.value.parameters?.value ?? {}) as unknown as Record<
    string,
    Tracked<ParameterDeclaration>
  >;
  const written = new Map<string, Tracked>();
  for (const [name, declaration] of Object.entries(declared)) {
    const value = layers.parameters[name];
    if (value === undefined && missing !== undefined) reportMissing(name, declaration, missing, report);
    const fits = value !== undefined && (!isExpressionFree(value) || checkParameter(name, value, declaration, release, report));
    // Also where a value is missing or wrong, so that those who refer to it are not told about it too.
    written.set(name, fits ? value : placeholder(name, declaration));
  }
  return lazily([...written.keys()], (name) => {
    const raw = written.get(name) as Tracked;
    const value = evaluator.evaluate(raw, scope);
    if (value === undefined) return undefined;
    evaluator.cite(value.origin);
    const declaration = declared[name] as Tracked<ParameterDeclaration>;
    const fits = isExpressionFree(raw) || checkParameter(name, value, declaration, release, report);
    const given = untrack(fits ? value : placeholder(name, declaration));
    // The declared type decides, and not whether a value happens to be whole.
    return declaration.value.type.value === 'number' ? given : toCel(given);
  });
}

function decideState(
  raw: Tracked,
  key: string,
  setting: Setting,
  evaluator: Evaluator,
  scope: Scope,
  report: Report,
): ComponentState {
  const written = childOf(raw, 'enabled');
  const optional = childOf(raw, 'optional')?.value ?? false;
  if (setting.parts !== undefined && optional === true) return setting.parts.has(key) ? 'on' : 'off';
  if (childOf(raw, 'external') !== undefined) return 'external';
  const included = setting.parts !== undefined && optional === 'included';
  const enabled = written === undefined || included ? optional !== true : evaluator.evaluate(written, scope)?.value === true;
  if (enabled) return 'on';
  if (optional !== false) return 'off';
  reportNotOptional(key, written, report);
  // Taken for on, so that one mistake does not look like many.
  return 'on';
}

function reportNotOptional(key: string, written: Tracked | undefined, report: Report): void {
  const place = written === undefined ? undefined : placeOf(written.origin);
  if (place === undefined) return;
  report({
    code: 'switched-off',
    severity: 'error',
    message: `component \`${key}\` is not optional and cannot be switched off`,
    place,
    hint: 'say `optional: included` in the System, or give an `external` address in its place',
  });
}
