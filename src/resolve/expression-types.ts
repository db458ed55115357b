import { Environment as CelEnvironment } from '@marcbachmann/cel-js';
import { childOf, type Tracked } from '../model/tracked.ts';
import { celOptions, registerFunctions } from './cel.ts';
import { everyLayer, mapOf, namesAt } from './layers.ts';
import { probeKinds, probeTimings } from './rule-views.ts';

export type Types = { [name: string]: string | Types };

/** Holds an expression against the types, for a component or for none. */
export type CheckExpression = (source: string, self: string | undefined) => Checked;

export interface Checked {
  readonly valid: boolean;
  readonly type?: unknown;
  readonly error?: unknown;
}

/** The types of all that expressions of a System can name. */
export interface SystemTypes {
  readonly values: CheckExpression;
  readonly validations: CheckExpression;
  readonly optional: ReadonlySet<string>;
  /** By component what `self` is in it: the component, and what only it knows of itself. */
  readonly selves: { readonly [component: string]: Types };
  readonly tree: Types;
  /** What rules can name: the same, and more of what an environment chose. */
  readonly ruleTree: Types;
}

const probeType: Types = { enabled: 'bool', ...Object.fromEntries(Object.keys(probeTimings).map((name) => [name, 'int'])) };
const fileType: Types = { text: 'string', properties: 'map<string, string>' };

export function typesOf(spec: Tracked, settings: Tracked | undefined): SystemTypes {
  const layers = everyLayer(spec, settings);
  const components: { [name: string]: Types } = {};
  const forRules: { [name: string]: Types } = {};
  const selves: { [name: string]: Types } = {};
  const optional = new Set<string>();
  for (const [key, component] of Object.entries(mapOf(childOf(spec, 'components')))) {
    const portNames = namesAt(layers, ['components', key, 'ports']);
    const stateful = childOf(component, 'workload')?.value === 'StatefulSet';
    const serviceNames = namesAt(layers, ['components', key, 'services']);
    if ((childOf(component, 'optional')?.value ?? false) !== false) optional.add(key);
    components[key] = {
      enabled: 'bool',
      external: 'bool',
      name: 'string',
      host: 'string',
      fqdn: 'string',
      url: 'string',
      image: 'string',
      replicas: 'int',
      maxReplicas: 'int',
      published: 'bool',
      resources: { requests: 'map<string, string>', limits: 'map<string, string>' },
      runtimeClassName: 'string',
      ...(portNames.length > 0 ? { ports: Object.fromEntries(portNames.map((name) => [name, 'int'])) } : {}),
      ...(stateful ? { pods: 'list<string>' } : {}),
      ...(serviceNames.length > 0
        ? { services: Object.fromEntries(serviceNames.map((name) => [name, { host: 'string', fqdn: 'string' }])) }
        : {}),
      ingress: { enabled: 'bool', host: 'string' },
    };
    const listens = Object.fromEntries(portNames.map((name) => [name, 'int']));
    selves[key] = { ...components[key], ...(portNames.length > 0 ? { listens } : {}) };
    forRules[key] = {
      ...components[key],
      env: 'map<string, string>',
      probes: Object.fromEntries(probeKinds.map((kind) => [kind, probeType])),
      ingress: { enabled: 'bool', host: 'string', tls: 'bool' },
    };
  }
  const config = Object.fromEntries(
    Object.keys(mapOf(childOf(spec, 'config'))).map((entry) => [
      entry,
      Object.fromEntries(namesAt(layers, ['config', entry]).map((file) => [file, fileType])),
    ]),
  );
  const secrets = (type: string | Types): Types =>
    Object.fromEntries(
      Object.entries(mapOf(childOf(spec, 'secrets'))).map(([name, secret]) => [
        name,
        Object.fromEntries(Object.keys(mapOf(childOf(secret, 'keys'))).map((key) => [key, type])),
      ]),
    );
  const parameters = Object.fromEntries(
    Object.entries(mapOf(childOf(spec, 'parameters'))).map(([name, declaration]) => [
      name,
      celType(childOf(declaration, 'type')?.value),
    ]),
  );
  const common: Types = {
    parameters,
    components,
    environment: { name: 'string', stage: 'string' },
    cluster: {
      name: 'string',
      kubernetes: 'string',
      domain: 'string',
      storageClasses: 'list<string>',
      ingressClasses: 'list<string>',
      runtimeClasses: 'list<string>',
      customResources: 'list<string>',
      gpuPools: 'list<string>',
      loadBalancer: 'bool',
      metricsServer: 'bool',
    },
    system: { name: 'string', release: 'string', namespace: 'string' },
  };
  const valueTypes = { ...common, secrets: secrets('string') };
  const ruleTypes = { ...common, components: forRules, config, secrets: secrets({ sealed: 'bool' }) };
  return {
    values: checkerOf(valueTypes, selves),
    // Asked for by Systems alone, and not by every environment.
    get validations() {
      return checkerOf(ruleTypes, selves);
    },
    ruleTree: ruleTypes,
    optional,
    selves,
    tree: valueTypes,
  };
}

const mostKept = 32;
const mostChecked = 10_000;
const kept = new Map<string, CheckExpression>();

/** Most layers and most edits name nothing new, and to declare the types takes longer than all that is checked with them. */
function checkerOf(types: Types, selves: { [name: string]: Types }): CheckExpression {
  const id = JSON.stringify(types);
  const known = kept.get(id) ?? createChecker(types, selves);
  // Put behind the others: the first is the one that was not wanted for the longest time.
  kept.delete(id);
  kept.set(id, known);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
  return known;
}

function createChecker(types: Types, selves: { [name: string]: Types }): CheckExpression {
  const environments = new Map<string | undefined, CelEnvironment>();
  const environmentOf = (self: string | undefined) => {
    const environment =
      environments.get(self) ?? declareTypes(self === undefined ? types : { ...types, self: selves[self] ?? {} });
    environments.set(self, environment);
    return environment;
  };
  const checked = new Map<string, Checked>();
  return (source, self) => {
    const id = JSON.stringify([self, source]);
    const result = checked.get(id) ?? safely(() => environmentOf(self).check(source));
    // So many are not there at once: most are from texts that were edited since.
    if (checked.size >= mostChecked) checked.clear();
    checked.set(id, result);
    return result;
  };
}

function declareTypes(types: Types): CelEnvironment {
  const environment = registerFunctions(new CelEnvironment(celOptions));
  for (const [name, schema] of Object.entries(types)) {
    if (typeof schema === 'string' || Object.keys(schema).length === 0) environment.registerVariable(name, 'map');
    else environment.registerVariable({ name, schema } as never);
  }
  return environment;
}

function safely(check: () => Checked): Checked {
  try {
    return check();
  } catch (error) {
    return { valid: false, error };
  }
}

function celType(type: unknown): string {
  const types: Record<string, string> = {
    string: 'string',
    integer: 'int',
    number: 'double',
    boolean: 'bool',
    array: 'list',
    object: 'map',
  };
  return types[String(type)] ?? 'dyn';
}
