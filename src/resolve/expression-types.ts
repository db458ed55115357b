import { Environment as CelEnvironment } from '@marcbachmann/cel-js';
import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import { celOptions, registerFunctions } from './cel.ts';
import { mapOf } from './layers.ts';

export type Types = { [name: string]: string | Types };

/** The types of all that expressions of a System can name. */
export interface SystemTypes {
  readonly values: (self: string | undefined) => CelEnvironment;
  readonly validations: (self: string | undefined) => CelEnvironment;
  readonly optional: ReadonlySet<string>;
  readonly tree: Types;
}

export function typesOf(spec: Tracked, settings: Tracked | undefined): SystemTypes {
  const layers = [spec, ...Object.values(mapOf(childOf(spec, 'profiles'))), ...(settings === undefined ? [] : [settings])];
  const components: { [name: string]: Types } = {};
  const optional = new Set<string>();
  for (const [key, component] of Object.entries(mapOf(childOf(spec, 'components')))) {
    const portNames = layers.flatMap((layer) => Object.keys(mapOf(atPath(layer, ['components', key, 'ports']))));
    const stateful = childOf(component, 'workload')?.value === 'StatefulSet';
    const serviceNames = layers.flatMap((layer) => Object.keys(mapOf(atPath(layer, ['components', key, 'services']))));
    if (childOf(component, 'optional')?.value === true) optional.add(key);
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
  }
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
  return {
    values: environments(valueTypes, components),
    validations: environments({ ...common, secrets: secrets({ sealed: 'bool' }) }, components),
    optional,
    tree: valueTypes,
  };
}

function environments(types: Types, components: { [name: string]: Types }): (self: string | undefined) => CelEnvironment {
  const built = new Map<string | undefined, CelEnvironment>();
  return (self) => {
    const known = built.get(self);
    if (known !== undefined) return known;
    const environment = registerFunctions(new CelEnvironment(celOptions));
    const all = self === undefined ? types : { ...types, self: components[self] ?? {} };
    for (const [name, schema] of Object.entries(all)) {
      if (typeof schema === 'string' || Object.keys(schema).length === 0) environment.registerVariable(name, 'map');
      else environment.registerVariable({ name, schema } as never);
    }
    built.set(self, environment);
    return environment;
  };
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
