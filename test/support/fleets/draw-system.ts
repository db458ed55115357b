import type { Draw } from './draw.ts';
import { escapeExpressions } from './draw.ts';
import { type ComponentPlan, drawComponent } from './draw-component.ts';
import { oddConfigKeys, oddIdentifiers, oddLabels, oddLabelValues, oddVariables } from './odd-words.ts';

type Json = Record<string, unknown>;

/** A System with what a drawn environment must know to say only what is allowed. */
export interface SystemPlan {
  readonly name: string;
  readonly prefix: string;
  readonly parameters: ReadonlyMap<string, ParameterPlan>;
  readonly secrets: ReadonlyMap<string, readonly string[]>;
  readonly groups: readonly string[];
  readonly configs: readonly string[];
  readonly components: readonly ComponentPlan[];
  readonly profiles: readonly string[];
  readonly document: Json;
  /** Files under files/. */
  readonly files: ReadonlyMap<string, string>;
}

export interface ParameterPlan {
  readonly type: 'string' | 'integer' | 'boolean' | 'number';
  readonly required: boolean;
}

/** What components may refer to while they are drawn. */
export interface SystemScope {
  readonly name: string;
  readonly prefixed: boolean;
  readonly parameters: ReadonlyMap<string, ParameterPlan>;
  readonly secrets: ReadonlyMap<string, readonly string[]>;
  readonly groups: readonly string[];
  readonly configs: readonly string[];
}

export function drawSystem(draw: Draw, name: string): SystemPlan {
  const prefixed = name.length < 30 && draw.chance(50);
  const parameters = drawParameters(draw);
  const secrets = new Map(
    draw.some(['creds', 'null'], 50).map((secret) => [secret, draw.different(['user', 'password', '1', 'a.b'], 2)]),
  );
  const groups = draw.some(['env', 'true', '1'], 40);
  const configs = draw.some(['conf', 'yes', '2'], 50);
  const scope: SystemScope = { name, prefixed, parameters: parameters.plans, secrets, groups, configs };
  const files = new Map<string, string>();
  const components: ComponentPlan[] = [];
  for (const key of draw.different(oddLabels, draw.number(1, 4)))
    components.push(drawComponent(draw, key, scope, [...components]));
  const config = Object.fromEntries(configs.map((entry) => [entry, drawConfig(draw, scope, files, entry)]));
  const profiles = draw.some(['small', 'no', 'x_1'], 40);
  const spec: Json = {
    description: draw.literal(),
    naming: prefixed ? 'prefixed' : 'plain',
    requires: {
      kubernetes: '>=1.29',
      customResources: [
        { apiVersion: 'example.com/v1', kind: 'Widget' },
        { apiVersion: 'example.com/v1', kind: 'Realm', scope: 'Cluster' },
      ],
    },
    ...(parameters.plans.size > 0 ? { parameters: parameters.declarations } : {}),
    ...(secrets.size > 0
      ? { secrets: Object.fromEntries([...secrets].map(([secret, keys]) => [secret, drawSecret(draw, keys)])) }
      : {}),
    ...(groups.length > 0
      ? { env: Object.fromEntries(groups.map((group) => [group, drawVariables(draw, scope, components.slice(0, 1))])) }
      : {}),
    ...(configs.length > 0 ? { config } : {}),
    components: Object.fromEntries(components.map((component) => [component.key, component.document])),
    ...(draw.chance(40) ? { objects: drawObjects(draw, scope) } : {}),
    ...(profiles.length > 0
      ? { profiles: Object.fromEntries(profiles.map((profile) => [profile, drawLayer(draw, { ...scope, components })])) }
      : {}),
  };
  return {
    ...scope,
    prefix: prefixed ? `${name}-` : '',
    components,
    profiles,
    files,
    document: { apiVersion: 'stowage.dev/v1', kind: 'System', metadata: { name }, spec },
  };
}

function drawParameters(draw: Draw): { plans: Map<string, ParameterPlan>; declarations: Json } {
  const plans = new Map<string, ParameterPlan>();
  const declarations: Json = {};
  for (const name of draw.different(oddIdentifiers, draw.number(0, 3))) {
    const type = draw.pick(['string', 'integer', 'boolean', 'number'] as const);
    const required = draw.chance(20);
    plans.set(name, { type, required });
    declarations[name] = {
      type,
      promote: draw.pick(['carry', 'hold', 'local']),
      ...(required ? {} : { default: parameterValue(draw, type) }),
    };
  }
  return { plans, declarations };
}

export function parameterValue(draw: Draw, type: ParameterPlan['type']): unknown {
  if (type === 'string') return draw.literal();
  if (type === 'boolean') return draw.chance(50);
  return type === 'integer' ? draw.number(0, 9) : draw.pick([0.5, 1, 1.25, 1e21]);
}

function drawSecret(draw: Draw, keys: readonly string[]): Json {
  return {
    ...(draw.chance(30) ? { name: `named-${draw.number(0, 9)}-secret` } : {}),
    keys: Object.fromEntries(keys.map((key) => [key, draw.chance(30) ? { default: draw.text() } : {}])),
  };
}

/** A value of an environment variable: text, a number, a reference, a secret, or all of these in one. */
export function drawValue(draw: Draw, scope: SystemScope, known: readonly ComponentPlan[]): unknown {
  const references = [
    ...[...scope.parameters].map(([name, { type }]) =>
      type === 'boolean' ? `\${parameters["${name}"] ? "a" : "b"}` : `\${parameters["${name}"]}`,
    ),
    ...known.filter((component) => component.serves).flatMap((component) => component.references),
    ...[...scope.secrets].flatMap(([secret, keys]) => keys.map((key) => `\${secrets["${secret}"]["${key}"]}`)),
    ...known.map((component) => `\${components["${component.key}"].enabled}`),
    '${environment.name}',
    '${cluster.domain}',
    '${system.namespace}',
  ];
  const kind = draw.number(0, 9);
  if (kind < 4) return draw.literal();
  if (kind === 4) return draw.pick([0, 1, -1, 1.5, 3000000000, true, false]);
  if (kind === 5) return `${draw.literal()}${draw.pick(references)}${draw.literal()}${draw.pick(references)}`;
  return draw.pick(references);
}

export function drawVariables(draw: Draw, scope: SystemScope, known: readonly ComponentPlan[]): Json {
  return Object.fromEntries(draw.some(oddVariables, 25).map((name) => [name, drawValue(draw, scope, known)]));
}

function drawConfig(draw: Draw, scope: SystemScope, files: Map<string, string>, entry: string): Json {
  return Object.fromEntries(
    draw
      .different(oddConfigKeys, draw.number(0, 3))
      .map((key) => [key, drawContent(draw, scope, files, `${entry}/${key.replace(/^\./, 'dot-')}`)]),
  );
}

export function drawContent(draw: Draw, scope: SystemScope, files: Map<string, string> | undefined, path: string): unknown {
  const parameters = [...scope.parameters.keys()].map((name) => `\${parameters["${name}"]}`);
  const kind = draw.number(0, files === undefined ? 4 : 6);
  if (kind < 2) return draw.literal();
  if (kind === 2) return { yaml: draw.json() };
  if (kind === 3) return { json: { a: draw.json(), b: draw.pick([...parameters, 'x']) } };
  if (kind === 4)
    return {
      properties: Object.fromEntries(
        draw.some(['a.b', 'c', 'no', '1'], 60).map((key) => [key, draw.pick([draw.literal(), 1, true, 1.5])]),
      ),
      ...(draw.chance(30) ? { separator: '=' } : {}),
    };
  const expressions = draw.chance(40);
  files?.set(path, expressions ? `${escapeExpressions(draw.text())}${draw.pick([...parameters, 'x'])}\n` : draw.text());
  return expressions ? { file: path, expressions } : { file: path };
}

/** Said in a layer above others, which may have made the file in another way. */
function displacing(content: unknown): unknown {
  return typeof content === 'object' ? { file: null, yaml: null, json: null, properties: null, ...content } : content;
}

function drawObjects(draw: Draw, scope: SystemScope): Json {
  const name = (kind: string) => `${scope.name.slice(0, 20)}-${kind}`;
  const all: Json = {
    settings: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: name('settings'), ...(draw.chance(50) ? { annotations: { 'example.com/a': draw.literal() } } : {}) },
      data: Object.fromEntries(draw.some(oddConfigKeys, 30).map((key) => [key, draw.literal()])),
    },
    priority: {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: '${system.namespace}-priority' },
      value: draw.number(1, 1000),
      description: draw.literal(),
    },
    widget: {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: name('widget'), labels: { team: draw.pick(oddLabelValues) } },
      spec: { items: [{ name: 'a', value: draw.json(1) }], any: draw.json(2), environment: '${environment.name}' },
    },
    realm: {
      apiVersion: 'example.com/v1',
      kind: 'Realm',
      metadata: { name: '${system.namespace}-realm' },
      spec: { any: draw.json(2) },
    },
  };
  return Object.fromEntries(draw.some(Object.entries(all), 50));
}

/** What a profile or an environment may say about a System. */
export function drawLayer(draw: Draw, system: SystemScope & { readonly components: readonly ComponentPlan[] }): Json {
  const components = draw.some(system.components, 50).map((component) => [component.key, component.override(draw)]);
  const parameters = draw.some([...system.parameters], 40).map(([name, { type }]) => [name, parameterValue(draw, type)]);
  const groups = draw
    .some(system.groups, 30)
    .map((group) => [
      group,
      Object.fromEntries(draw.some(oddVariables, 20).map((name) => [name, draw.pick([draw.literal(), 7, null])])),
    ]);
  const configs = draw
    .some(system.configs, 40)
    .map((entry) => [
      entry,
      Object.fromEntries(
        draw
          .some(oddConfigKeys, 15)
          .map((key) => [key, draw.chance(20) ? null : displacing(drawContent(draw, system, undefined, ''))]),
      ),
    ]);
  return {
    ...(components.length > 0 ? { components: Object.fromEntries(components) } : {}),
    ...(parameters.length > 0 ? { parameters: Object.fromEntries(parameters) } : {}),
    ...(groups.length > 0 ? { env: Object.fromEntries(groups) } : {}),
    ...(configs.length > 0 ? { config: Object.fromEntries(configs) } : {}),
  };
}
