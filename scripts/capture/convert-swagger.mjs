import { shortName } from './short-name.mjs';

const scalars = {
  'api.resource.Quantity': 'quantity',
  'util.intstr.IntOrString': 'int-or-string',
  'meta.v1.Time': 'string',
  'meta.v1.MicroTime': 'string',
  'pkg.runtime.RawExtension': 'anything',
  'meta.v1.FieldsV1': 'anything',
};
const scalarFormats = { int32: 'int32', int64: 'integer', byte: 'base64' };
const swaggerPrefix = '#/definitions/';

export function convertSwagger(swagger, enums) {
  const kinds = findKinds(swagger);
  const sources = new Map();
  for (const [name, source] of Object.entries(swagger.definitions)) {
    const short = shortName(name);
    if (sources.has(short)) throw new Error(`Two definitions are called ${short}`);
    sources.set(short, source);
  }
  const definitions = {};
  const pending = kinds.map(({ definition }) => definition);
  while (pending.length > 0) {
    const name = pending.pop();
    if (Object.hasOwn(definitions, name)) continue;
    if (!sources.has(name)) throw new Error(`Nothing defines ${name}`);
    definitions[name] = convertSchema(sources.get(name), {
      enumOf: (field) => enums.get(`${name} ${field}`),
      refer: (target) => pending.push(target),
    });
  }
  return { kinds, definitions };
}

function findKinds(swagger) {
  const definitionOf = new Map();
  for (const [name, source] of Object.entries(swagger.definitions)) {
    const groupVersionKinds = source['x-kubernetes-group-version-kind'] ?? [];
    // DeleteOptions and the like belong to every group; a kind of its own belongs to one.
    if (groupVersionKinds.length === 1) definitionOf.set(keyOf(groupVersionKinds[0]), { name, source });
  }
  const kinds = [];
  for (const [path, operations] of Object.entries(swagger.paths)) {
    const create = operations.post;
    // A path through {name} leads to a subresource, which no manifest can create.
    if (create?.['x-kubernetes-action'] !== 'post' || path.includes('{name}')) continue;
    const groupVersionKind = create['x-kubernetes-group-version-kind'];
    const { group, version, kind } = groupVersionKind;
    const found = definitionOf.get(keyOf(groupVersionKind));
    if (!found) throw new Error(`Nothing defines ${keyOf(groupVersionKind)}`);
    kinds.push({
      apiVersion: group === '' ? version : `${group}/${version}`,
      kind,
      scope: path.includes('/namespaces/{namespace}/') ? 'Namespaced' : 'Cluster',
      definition: shortName(found.name),
      deprecatedIn: /deprecated in v(1\.\d+)/i.exec(found.source.description ?? '')?.[1],
    });
  }
  return kinds;
}

function keyOf({ group, version, kind }) {
  return `${group}/${version}/${kind}`;
}

function convertSchema(source, context, field) {
  const converted = convertShape(source, context, field);
  const strategy = source['x-kubernetes-patch-strategy'];
  if (strategy === undefined) return converted;
  if (typeof converted === 'string') {
    return { type: 'reference', definition: converted, patchStrategy: strategy };
  }
  const mergeKey = source['x-kubernetes-patch-merge-key'];
  const mapKeys = source['x-kubernetes-list-map-keys'];
  return {
    ...converted,
    patchStrategy: strategy,
    ...(mergeKey && { mergeKey }),
    ...(mapKeys && mapKeys.join() !== mergeKey && { mapKeys }),
  };
}

function convertShape(source, context, field) {
  if (source.$ref) {
    const name = shortName(source.$ref.slice(swaggerPrefix.length));
    if (Object.hasOwn(scalars, name)) return scalars[name];
    context.refer(name);
    return name;
  }
  const fieldEnum = field && context.enumOf(field);
  if (source.type === 'array') {
    const choice = fieldEnum?.ofItems && { type: 'choice', values: fieldEnum.values };
    return { type: 'list', items: choice || convertSchema(source.items, context) };
  }
  if (source.type === 'object') return convertObject(source, context, fieldEnum);
  if (source['x-kubernetes-int-or-string']) return 'int-or-string';
  if (source.type === undefined) return 'anything';
  const values = source.enum ?? (fieldEnum && !fieldEnum.ofItems ? fieldEnum.values : undefined);
  if (values) return { type: 'choice', values };
  return scalarFormats[source.format] ?? source.type;
}

function convertObject(source, context, fieldEnum) {
  if (typeof source.additionalProperties === 'object') {
    const choice = fieldEnum?.ofItems && { type: 'choice', values: fieldEnum.values };
    return { type: 'map', values: choice || convertSchema(source.additionalProperties, context) };
  }
  const required = source.required ?? [];
  const properties = {};
  for (const name of Object.keys(source.properties ?? {}).sort()) {
    const converted = convertSchema(source.properties[name], context, name);
    // The server reads an empty text in an optional field as "not set" and fills in the default.
    if (converted.type === 'choice' && !required.includes(name) && !converted.values.includes('')) {
      converted.values = [...converted.values, ''];
    }
    properties[name] = converted;
  }
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required: [...required].sort() }),
    ...(source['x-kubernetes-preserve-unknown-fields'] && { open: true }),
  };
}
