import type * as z from 'zod';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { type Component, componentSchema } from '../language/component.ts';
import { language } from '../language/scalars.ts';
import { placeOf } from '../model/origin.ts';
import { childOf, type Tracked, type TrackedMap, track, untrack } from '../model/tracked.ts';
import { checkShape } from '../read/check-shape.ts';
import type { Release } from '../read/read-release.ts';
import { externalAddress, portsOf } from './address.ts';
import { checkRemovedVariables } from './check-removed-variables.ts';
import { readConfig } from './config-files.ts';
import { dependenciesOf, findCycle, reportCycle } from './dependencies.ts';
import { composeGroups, namesIn } from './environment-groups.ts';
import { joinReads, type Reads } from './evaluate.ts';
import type { ComponentIdentity } from './identify-component.ts';
import { reportInexactNumbers } from './inexact-numbers.ts';
import { layersOf, mapOf } from './layers.ts';
import { mergeLayers } from './merge-layers.ts';
import { nameSourcesAt } from './name-sources.ts';
import { ownClaim } from './own-claim.ts';
import { type ObservedSecret, resolveSecrets, sealedView } from './resolve-secrets.ts';
import type { ExternalAddress, ResolvedComponent, ResolvedConfig, ResolvedSystem } from './resolved.ts';
import { configForRules } from './rule-views.ts';
import { createScene, type Scene } from './scene.ts';
import type { Setting } from './setting.ts';
import { checkValidations } from './validations.ts';

/** A value with the components that it was computed from. */
interface Observed<Result> {
  readonly result: Result;
  readonly reads: Reads;
}

interface Shared {
  readonly groups: ReadonlyMap<string, Observed<Tracked>>;
  readonly configs: ReadonlyMap<string, Observed<ResolvedConfig>>;
  readonly secrets: ReadonlyMap<string, ObservedSecret>;
}

/** Makes every choice of a System: layers, toggles, parameters, expressions, dependencies. */
export function resolveSystem(release: Release, setting: Setting, told: Report): ResolvedSystem {
  const { environment, cluster } = setting;
  const scene = createScene(release, setting, told);
  const { computed } = scene.evaluator;
  const report: Report = (diagnostic) => told(nameSourcesAt(diagnostic, computed, environment));
  const secrets = resolveSecrets(release, scene.prefix, environment?.sealed, scene, report);
  const shared = { secrets, ...resolveShared(release, scene, report) };
  const groups = new Map([...shared.groups].map(([name, { result }]) => [name, result]));
  const layers = layersOf(release, environment?.settings);
  checkRemovedVariables(layers, scene.layers, groups, report);
  const observed = Object.keys(scene.layers.components).map((key) => resolveComponent(key, release, setting, scene, report));
  const components = observed.map(({ result }) => result);
  const byKey = new Map(components.map((component) => [component.key, component]));
  const dependencies = observed.flatMap(({ result, reads }) =>
    result.state === 'on' ? dependenciesOf(result, withShared(result, reads, shared), byKey, report) : [],
  );
  const cycle = findCycle(dependencies);
  if (cycle !== undefined) reportCycle(cycle, report);
  const configs = new Map([...shared.configs].map(([name, { result }]) => [name, result]));
  if (environment !== undefined && release.document.value.spec.value.validations !== undefined) {
    const all = environment.assumeSealed === true || cluster.externalSecrets !== undefined;
    const sealed = Object.fromEntries([...secrets].map(([key, { result }]) => [key, sealedView(result, all)]));
    const configured = { groups, configs, layers };
    const variables = {
      ...scene.variables,
      components: scene.asConfigured(configured),
      config: configForRules(release.document.value.spec as Tracked, configured, scene.evaluator),
      secrets: sealed,
    };
    checkValidations(release, variables, environment, scene, configured, report);
  }
  return {
    name: release.system,
    release: release.release,
    prefix: scene.prefix,
    environment: environment?.name,
    namespace: scene.namespace,
    cluster,
    labels: mergeLayers(
      environment?.labels as Tracked,
      environment?.settings.value.labels as Tracked,
    ) as ResolvedSystem['labels'],
    components,
    groups: groups as Map<string, Tracked<Record<string, unknown>>>,
    configs,
    secrets: new Map([...secrets].map(([name, { result }]) => [name, result])),
    objects: resolveObjects(scene, report),
    dependencies,
    computed,
  };
}

/** What components share by name: groups of environment variables, and config files. */
function resolveShared(release: Release, scene: Scene, report: Report): Omit<Shared, 'secrets'> {
  const { evaluator, variables, layers, prefix } = scene;
  const evaluate = (tree: Tracked) => evaluator.observe(() => evaluator.evaluate(tree, { variables }));
  const groups = [...composeGroups(layers.env, report)].map(([name, raw]): [string, Observed<Tracked>] => {
    const { result, reads } = evaluate(raw);
    return [name, { result: result ?? raw, reads }];
  });
  const configs = Object.entries(layers.config).map(([name, raw]): [string, Observed<ResolvedConfig>] => [
    name,
    readConfig(`${prefix}${name}`, raw, release, evaluate, report),
  ]);
  return { groups: new Map(groups), configs: new Map(configs) };
}

function resolveComponent(
  key: string,
  release: Release,
  setting: Setting,
  scene: Scene,
  report: Report,
): Observed<ResolvedComponent> {
  const raw = scene.layers.components[key] as Tracked;
  const identity = scene.identityOf(key);
  const state = scene.stateOf(key);
  if (state !== 'on') {
    const external = state === 'external' ? resolveExternal(identity, raw, release, scene, report) : undefined;
    const spec = raw as Tracked<Component>;
    return { result: { state, spec, external, ingressOn: false, ownClaim: undefined, ...identity }, reads: new Map() };
  }
  const { evaluator } = scene;
  const { result, reads } = evaluator.observe(() => evaluator.evaluate(withoutToggle(raw, setting), scene.scopeOf(key)) ?? raw);
  const ingressOn = scene.ingressOn(key);
  const isHeld = ingressOn ? () => true : (word: string) => word !== 'ingress';
  checkComputed(result, raw, release, report, {
    isHeld,
    mayLackForm: setting.parts === undefined ? () => false : toggledIn(raw),
  });
  const more = { ingressOn, ownClaim: ownClaim(release.document.value.spec as Tracked, key, raw) };
  return { result: { state, spec: result as Tracked<Component>, external: undefined, ...more, ...identity }, reads };
}

interface Holding {
  /** Whether a field is held against the schema: what is off may be as it likes. */
  readonly isHeld: (word: string) => boolean;
  /** A base shows parts that may be off at its own defaults, and those need not be values that anybody runs with. */
  readonly mayLackForm: (word: string) => boolean;
}

const allHeld: Holding = { isHeld: () => true, mayLackForm: () => false };

/** What was not computed was held against the schema when it was read. */
function checkComputed(result: Tracked, raw: Tracked, release: Release, report: Report, held = allHeld): void {
  const schema = componentSchema(language('evaluated'));
  const fields = Object.entries(mapOf(result)).filter(
    ([word, field]) =>
      field !== childOf(raw, word) && held.isHeld(word) && !(held.mayLackForm(word) && lacksOnlyForm(word, field, schema.shape)),
  );
  if (allFit(fields, schema.shape)) return;
  const part: Tracked = { value: Object.fromEntries(fields), origin: result.origin };
  const file = placeOf(raw.origin)?.file ?? release.file;
  checkShape(part, schema, file, (diagnostic) => report(asExpressionProblem(diagnostic)));
}

/** Of a component are many fields, of which few are computed. */
function allFit(fields: readonly (readonly [string, Tracked])[], shape: Readonly<Record<string, z.ZodType>>): boolean {
  return fields.every(([word, field]) => Object.hasOwn(shape, word) && shape[word]?.safeParse(untrack(field)).success);
}

/** Whether a field is of the right type all through, so that all can be made of it that is made of a field that fits. */
function lacksOnlyForm(word: string, field: Tracked, shape: Readonly<Record<string, z.ZodType>>): boolean {
  const misfit = Object.hasOwn(shape, word) ? shape[word]?.safeParse(untrack(field)).error : undefined;
  return misfit?.issues.every(isOfForm) === true;
}

function isOfForm(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_union') return issue.errors.some((branch) => branch.every(isOfForm));
  return issue.code === 'invalid_format' || issue.code === 'too_small' || issue.code === 'too_big';
}

/** The fields that may be off: all of a component, or its ingress. */
function toggledIn(raw: Tracked): (word: string) => boolean {
  if ((childOf(raw, 'optional')?.value ?? false) !== false) return () => true;
  return (word) => word === 'ingress' && childOf(childOf(raw, 'ingress'), 'optional')?.value === true;
}

function resolveExternal(
  { key, name, serviceName }: ComponentIdentity,
  raw: Tracked,
  release: Release,
  scene: Scene,
  report: Report,
): ExternalAddress {
  const evaluated = (word: string) => {
    const written = childOf(raw, word);
    return written === undefined ? undefined : (scene.evaluator.evaluate(written, scene.scopeOf(key)) ?? written);
  };
  const usual = portsOf(track<Component>({ ports: evaluated('ports') } as never, raw.origin));
  const written = childOf(raw, 'external') as Tracked;
  const external = evaluated('external') as Tracked;
  const only = (field: Tracked) => ({ value: { external: field }, origin: raw.origin });
  checkComputed(only(external), only(written), release, report);
  return {
    ...externalAddress(
      untrack(external) as Record<string, unknown>,
      new Map(usual.map((port) => [port.name, port.servicePort])),
      serviceName ?? name,
    ),
    protocols: new Map(usual.flatMap((port) => (port.protocol === 'TCP' ? [] : [[port.name, port.protocol]]))),
  };
}

/** What groups, config files and composed secrets read counts for every component that takes them. */
function withShared(component: ResolvedComponent, own: Reads, { groups, configs, secrets }: Shared): Reads {
  const reads: Reads = new Map(own);
  const take = (shared: Reads | undefined) => {
    for (const [key, read] of shared ?? []) reads.set(key, joinReads(reads.get(key), read));
  };
  for (const group of groupsOf(component)) take(groups.get(group.value)?.reads);
  for (const volume of Object.values(mapOf(component.spec.value.volumes as Tracked | undefined))) {
    const config = childOf(volume, 'config');
    if (config !== undefined) take(configs.get(String(config.value))?.reads);
    const secret = childOf(volume, 'secret');
    const items = childOf(volume, 'items');
    for (const [key, reads] of secrets.get(String(secret?.value))?.reads ?? [])
      if (items === undefined || childOf(items, key) !== undefined) take(reads);
  }
  return reads;
}

function resolveObjects({ layers, evaluator, variables }: Scene, report: Report): Map<string, Tracked> {
  for (const raw of Object.values(layers.objects)) reportInexactNumbers(raw, report);
  const objects = Object.entries(layers.objects).map(([key, raw]) => [key, evaluator.evaluate(raw, { variables })] as const);
  return new Map(objects.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** The groups of environment variables that a component takes. */
export function groupsOf(component: ResolvedComponent): readonly Tracked<string>[] {
  return namesIn(component.spec.value.env as Tracked | undefined);
}

/** In a base variant the variant says what is on, not the description. */
function withoutToggle(raw: Tracked, setting: Setting): Tracked {
  if (setting.parts === undefined || childOf(raw, 'enabled') === undefined) return raw;
  const { enabled: _, ...rest } = mapOf(raw);
  return { ...raw, value: rest as TrackedMap };
}

function asExpressionProblem(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.code !== 'wrong-type') return diagnostic;
  return { ...diagnostic, code: 'expression-type', hint: 'this is what the expression evaluates to' };
}
