import type { Report } from '../diagnostics/diagnostic.ts';
import { type Component, componentSchema } from '../language/component.ts';
import type { SystemSettings } from '../language/environment.ts';
import { language } from '../language/scalars.ts';
import type { ParameterDeclaration, SecretDeclaration } from '../language/system.ts';
import { convention, placeOf } from '../model/origin.ts';
import { wholeFile } from '../model/source-file.ts';
import { atPath, childOf, isTrackedMap, itemsOf, type Tracked, type TrackedMap, track, untrack } from '../model/tracked.ts';
import { checkShape } from '../read/check-shape.ts';
import type { Release } from '../read/read-documents.ts';
import { externalAddress, portsOf } from './address.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { type ComponentIdentity, componentView } from './component-views.ts';
import { readConfig } from './config-files.ts';
import { dependenciesOf, findCycle, reportCycle } from './dependencies.ts';
import { createEvaluator, isExpressionFree, type Reads, type Scope, toCel } from './evaluate.ts';
import { gatherLayers, type Layers, mapOf } from './layers.ts';
import { checkParameter, placeholder, reportMissing } from './parameters.ts';
import type {
  ComponentState,
  Dependency,
  ResolvedComponent,
  ResolvedConfig,
  ResolvedNamespace,
  ResolvedSecret,
  ResolvedSystem,
} from './resolved.ts';
import { secretMarker } from './secret-text.ts';
import { checkValidations } from './validations.ts';

/** Where a System is resolved: an environment, or for its base nowhere in particular. */
export interface Setting {
  readonly cluster: ClusterFacts;
  readonly environment?: {
    readonly name: string;
    readonly stage: string;
    readonly settings: Tracked<SystemSettings>;
    readonly labels: Tracked<Record<string, string>> | undefined;
    readonly namespace: Tracked<string> | undefined;
    readonly sealed: ReadonlyMap<string, Tracked>;
  };
  /** Parts that are on in a base variant; in an environment the description decides. */
  readonly parts?: ReadonlySet<string>;
}

const evaluatedComponent = componentSchema(language('evaluated'));

export function resolveSystem(release: Release, setting: Setting, report: Report): ResolvedSystem {
  const spec = release.document.value.spec.value;
  const { environment, cluster } = setting;
  const layers = gatherLayers(release, environment?.settings, report);
  const place =
    environment === undefined ? wholeFile(release.file) : (placeOf(environment.settings.origin) ?? wholeFile(release.file));
  const prefix = spec.naming?.value === 'plain' ? '' : `${release.system}-`;
  const namespace = resolveNamespace(release, environment);
  const evaluator = createEvaluator(report);
  const identities = new Map(Object.entries(layers.components).map(([key, raw]) => [key, identify(key, raw, prefix)]));

  const variables: Record<string, unknown> = {
    environment: { name: environment?.name ?? '', stage: environment?.stage ?? '' },
    cluster: { name: cluster.name ?? '', kubernetes: cluster.kubernetes ?? '', domain: cluster.domain },
    system: { name: release.system, release: release.release, namespace: namespace.name },
    parameters: parameterView(),
    secrets: secretView(release),
  };
  const views = viewsOf(false);
  variables.components = views.all;
  const scopeOf = (key: string | undefined): Scope =>
    key === undefined
      ? { variables }
      : { variables: Object.create(variables, { self: { get: () => views.get(key), enumerable: true } }) };

  function parameterView(): object {
    const view = {};
    const declared = (spec.parameters?.value ?? {}) as unknown as Record<string, Tracked<ParameterDeclaration>>;
    for (const name in declared) {
      const declaration = declared[name] as Tracked<ParameterDeclaration>;
      const required = layers.parameters[name] === undefined && declaration.value.default === undefined;
      if (required && environment !== undefined) reportMissing(name, declaration, place, report);
      const written = layers.parameters[name] ?? (required ? placeholder(name, declaration) : undefined);
      if (written === undefined) continue;
      Object.defineProperty(view, name, {
        enumerable: true,
        get: () => {
          const value = evaluator.evaluate(written, { variables });
          if (value === undefined) return undefined;
          if (!isExpressionFree(written)) checkParameter(name, value, declaration, release, report);
          return toCel(untrack(value));
        },
      });
      if (isExpressionFree(written)) checkParameter(name, written, declaration, release, report);
    }
    return view;
  }

  function viewsOf(asConfigured: boolean) {
    const built = new Map<string, object>();
    const all = {};
    const get = (key: string): object => {
      const known = built.get(key);
      if (known !== undefined) return known;
      const view = componentView({
        identity: identities.get(key) as ComponentIdentity,
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
    for (const key in layers.components) Object.defineProperty(all, key, { enumerable: true, get: () => get(key) });
    return { all, get };
  }

  const states = new Map<string, ComponentState>();
  function stateOf(key: string): ComponentState {
    const known = states.get(key);
    if (known !== undefined) return known;
    const raw = layers.components[key] as Tracked;
    const written = childOf(raw, 'enabled');
    const optional = childOf(raw, 'optional')?.value === true;
    const enabled = () => (written === undefined ? !optional : evaluator.evaluate(written, { variables })?.value === true);
    let state: ComponentState;
    if (setting.parts !== undefined && optional) state = setting.parts.has(key) ? 'on' : 'off';
    else if (childOf(raw, 'external') !== undefined) state = 'external';
    else state = enabled() ? 'on' : 'off';
    if (state === 'off' && !optional) {
      reportNotOptional(key, written, report);
      // Taken for on, so that one mistake does not look like many.
      state = 'on';
    }
    states.set(key, state);
    return state;
  }

  function ingressOn(key: string): boolean {
    const ingress = childOf(layers.components[key], 'ingress');
    if (ingress === undefined) return false;
    const optional = childOf(ingress, 'optional')?.value === true;
    if (setting.parts !== undefined && optional) return setting.parts.has(ingressPart(key));
    const written = childOf(ingress, 'enabled');
    return written === undefined ? !optional : evaluator.evaluate(written, scopeOf(key))?.value === true;
  }

  const configs = readConfigs(
    release,
    layers,
    prefix,
    (tree) => evaluator.observe(() => evaluator.evaluate(tree, { variables })),
    report,
  );
  const groups = new Map(
    Object.entries(layers.env).map(([name, raw]) => [
      name,
      evaluator.observe(() => evaluator.evaluate(raw, { variables }) ?? raw),
    ]),
  );
  const components: ResolvedComponent[] = [];
  const readsOf = new Map<string, Reads>();
  for (const [key, raw] of Object.entries(layers.components)) {
    const state = stateOf(key);
    const { result, reads } =
      state === 'on'
        ? evaluator.observe(() => evaluator.evaluate(withoutToggle(raw, setting), scopeOf(key)) ?? raw)
        : { result: raw, reads: new Map() };
    if (state === 'on' && !isExpressionFree(raw))
      checkShape(result, evaluatedComponent, fileOf(raw, release), (diagnostic) => report(asExpressionProblem(diagnostic)));
    const component = asComponent(key, state, result as Tracked<Component>);
    components.push(component);
    readsOf.set(key, withShared(component, reads));
  }

  function asComponent(key: string, state: ComponentState, evaluated: Tracked<Component>): ResolvedComponent {
    const identity = identities.get(key) as ComponentIdentity;
    if (state !== 'external')
      return { ...identity, state, spec: evaluated, external: undefined, ingressOn: state === 'on' && ingressOn(key) };
    const raw = layers.components[key] as Tracked;
    const ports = childOf(raw, 'ports');
    const external = untrack(
      evaluator.evaluate(childOf(raw, 'external') as Tracked, scopeOf(key)) ?? (childOf(raw, 'external') as Tracked),
    );
    const internalPorts = ports === undefined ? undefined : evaluator.evaluate(ports, scopeOf(key));
    const own = portsOf(track<Component>({ ports: internalPorts } as never, evaluated.origin));
    const address = externalAddress(
      external as Record<string, unknown>,
      new Map(own.map((port) => [port.name, port.servicePort])),
    );
    return { ...identity, state, spec: evaluated, external: address, ingressOn: false };
  }

  /** What groups and config files read counts for every component that takes them. */
  function withShared(component: ResolvedComponent, own: Reads): Reads {
    const reads: Reads = new Map(own);
    const take = (shared: Reads | undefined) => {
      for (const [key, ports] of shared ?? []) reads.set(key, new Set([...(reads.get(key) ?? []), ...ports]));
    };
    if (component.state !== 'on') return reads;
    for (const group of groupsOf(component)) take(groups.get(group.value)?.reads);
    for (const volume of Object.values(mapOf(component.spec.value.volumes as Tracked | undefined))) {
      const config = childOf(volume, 'config');
      if (config !== undefined) take(configs.get(String(config.value))?.reads);
    }
    return reads;
  }

  const byKey = new Map(components.map((component) => [component.key, component]));
  const dependencies: Dependency[] = components.flatMap((component) =>
    component.state === 'on' ? dependenciesOf(component, readsOf.get(component.key) ?? new Map(), byKey, report) : [],
  );
  const cycle = findCycle(dependencies);
  if (cycle !== undefined) reportCycle(cycle, report);

  const objects = new Map<string, Tracked>();
  for (const [key, raw] of Object.entries(layers.objects)) {
    const value = evaluator.evaluate(raw, { variables });
    if (value !== undefined) objects.set(key, value);
  }
  const secrets = secretsOf(release, prefix, environment?.sealed);
  if (environment !== undefined) {
    const validationVariables = { ...Object.getOwnPropertyDescriptors(variables) };
    const own = Object.create(null, validationVariables) as Record<string, unknown>;
    own.components = viewsOf(true).all;
    own.secrets = Object.fromEntries([...secrets].map(([key, secret]) => [key, sealedView(secret)]));
    checkValidations(release, own, place, report);
  }
  return {
    name: release.system,
    release: release.release,
    prefix,
    environment: environment?.name,
    namespace,
    cluster,
    labels: environment?.labels,
    components,
    groups: new Map([...groups].map(([name, { result }]) => [name, result as Tracked<Record<string, unknown>>])),
    configs: new Map([...configs].map(([name, { result }]) => [name, result])),
    secrets,
    objects,
    dependencies,
  };
}

/** The part of a System that an optional ingress is. */
export function ingressPart(component: string): string {
  return `${component}-ingress`;
}

type Observed<Result> = { result: Result; reads: Reads };

function readConfigs(
  release: Release,
  layers: Layers,
  prefix: string,
  evaluate: (tree: Tracked) => Observed<Tracked | undefined>,
  report: Report,
): Map<string, Observed<ResolvedConfig>> {
  return new Map(
    Object.entries(layers.config).map(([key, raw]) => [key, readConfig(`${prefix}${key}`, raw, release, evaluate, report)]),
  );
}

export function groupsOf(component: ResolvedComponent): Tracked<string>[] {
  const from = childOf(component.spec.value.env as Tracked | undefined, '$from');
  if (from === undefined) return [];
  return Array.isArray(from.value) ? [...itemsOf(from as Tracked<string[]>)] : [from as Tracked<string>];
}

function identify(key: string, raw: Tracked, prefix: string): ComponentIdentity {
  const name = String(childOf(raw, 'name')?.value ?? `${prefix}${key}`);
  const service = childOf(raw, 'service');
  const kind = childOf(raw, 'workload')?.value ?? 'Deployment';
  const exposed = service?.value !== false && isTrackedMap(childOf(raw, 'ports')) && kind !== 'Job' && kind !== 'CronJob';
  const serviceName = exposed ? String(childOf(service, 'name')?.value ?? name) : undefined;
  if (kind !== 'StatefulSet' || serviceName === undefined) return { key, name, serviceName, peersName: undefined };
  const peers = childOf(service, 'peers');
  if (childOf(service, 'headless')?.value === true) return { key, name, serviceName, peersName: serviceName };
  return {
    key,
    name,
    serviceName,
    peersName: peers?.value === false ? undefined : String(childOf(peers, 'name')?.value ?? `${name}-headless`),
  };
}

/** In a base variant an optional ingress is on or off as the variant says. */
function withoutToggle(raw: Tracked, setting: Setting): Tracked {
  const written = childOf(raw, 'enabled');
  return written === undefined || setting.parts === undefined
    ? raw
    : { ...raw, value: Object.fromEntries(Object.entries(mapOf(raw)).filter(([key]) => key !== 'enabled')) as TrackedMap };
}

function resolveNamespace(release: Release, environment: Setting['environment']): ResolvedNamespace {
  const spec = release.document.value.spec.value;
  const chosen = environment?.settings.value.namespace as Tracked | undefined;
  if (isTrackedMap(chosen)) {
    const name = chosen.value.name as Tracked<string>;
    const map = (key: string) => chosen.value[key] as Tracked<Record<string, string>> | undefined;
    return {
      name: name.value,
      create: chosen.value.create?.value !== false,
      origin: name.origin,
      labels: map('labels'),
      annotations: map('annotations'),
      quota: map('quota'),
    };
  }
  const name = (chosen as Tracked<string> | undefined) ?? environment?.namespace ?? spec.namespace;
  if (name !== undefined) return { name: name.value, create: true, origin: name.origin };
  return { name: release.system, create: true, origin: convention("the namespace is by default the System's name") };
}

function secretView(release: Release): object {
  const declared = (release.document.value.spec.value.secrets?.value ?? {}) as unknown as Record<
    string,
    Tracked<SecretDeclaration>
  >;
  return Object.fromEntries(
    Object.entries(declared).map(([secret, declaration]) => [
      secret,
      Object.fromEntries(Object.keys(declaration.value.keys.value).map((key) => [key, secretMarker(secret, key)])),
    ]),
  );
}

function secretsOf(
  release: Release,
  prefix: string,
  sealed: ReadonlyMap<string, Tracked> | undefined,
): Map<string, ResolvedSecret> {
  const declared = (release.document.value.spec.value.secrets?.value ?? {}) as unknown as Record<
    string,
    Tracked<SecretDeclaration>
  >;
  return new Map(
    Object.entries(declared).map(([key, declaration]) => [
      key,
      { name: declaration.value.name?.value ?? `${prefix}${key}`, declaration, sealed: sealed?.get(`${release.system}/${key}`) },
    ]),
  );
}

/** In validations a secret says which of its keys are sealed. */
function sealedView(secret: ResolvedSecret): object {
  const sealed = mapOf(atPath(secret.sealed, ['spec', 'encryptedData']));
  return Object.fromEntries(
    Object.keys(secret.declaration.value.keys.value).map((key) => [key, { sealed: Object.hasOwn(sealed, key) }]),
  );
}

function reportNotOptional(key: string, written: Tracked | undefined, report: Report): void {
  const place = written === undefined ? undefined : placeOf(written.origin);
  if (place === undefined) return;
  report({
    code: 'switched-off',
    severity: 'error',
    message: `component \`${key}\` is not optional and cannot be switched off`,
    place,
    hint: 'say `optional: true` in the System, or give an `external` address in its place',
  });
}

function fileOf(raw: Tracked, release: Release) {
  return placeOf(raw.origin)?.file ?? release.file;
}

function asExpressionProblem(diagnostic: Parameters<Report>[0]): Parameters<Report>[0] {
  return diagnostic.code === 'wrong-type'
    ? { ...diagnostic, code: 'expression-type', hint: 'this is what the expression evaluates to' }
    : diagnostic;
}
