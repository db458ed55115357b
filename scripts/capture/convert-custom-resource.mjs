/** Converts every served version of a CustomResourceDefinition. */
export function convertCustomResource(resource) {
  const { group, names, scope, versions } = resource.spec;
  return versions
    .filter(({ served }) => served)
    .map(({ name, schema, deprecated }) => ({
      apiVersion: `${group}/${name}`,
      kind: names.kind,
      scope: scope === 'Cluster' ? 'Cluster' : 'Namespaced',
      definition: `${group}.${name}.${names.kind}`,
      custom: true,
      ...(deprecated && { deprecated: {} }),
      schema: convertRoot(schema.openAPIV3Schema),
    }));
}

function convertRoot(source) {
  const root = convertSchema(source);
  // The server checks these itself, whatever the schema says about them.
  Object.assign(root.properties, { apiVersion: 'string', kind: 'string', metadata: 'meta.v1.ObjectMeta' });
  return root;
}

function convertSchema(source) {
  if (source['x-kubernetes-int-or-string']) return 'int-or-string';
  if (source.enum) return { type: 'choice', values: source.enum };
  if (source.type === 'array') return { type: 'list', items: convertSchema(source.items) };
  if (source.type === 'object') return convertObject(source);
  if (source.type === undefined) {
    if (source['x-kubernetes-preserve-unknown-fields']) return 'anything';
    throw new Error(`A schema without a type: ${JSON.stringify(source).slice(0, 200)}`);
  }
  if (source.type === 'integer') return source.format === 'int32' ? 'int32' : 'integer';
  if (source.type === 'string' && source.format === 'byte') return 'base64';
  return source.type;
}

function convertObject(source) {
  const open = source['x-kubernetes-preserve-unknown-fields'] === true;
  if (typeof source.additionalProperties === 'object') {
    return { type: 'map', values: convertSchema(source.additionalProperties) };
  }
  if (source.additionalProperties === true) return { type: 'map', values: 'anything' };
  if (open && source.properties === undefined) return { type: 'map', values: 'anything' };
  const names = Object.keys(source.properties ?? {}).sort();
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, convertSchema(source.properties[name])])),
    ...(source.required && { required: [...source.required].sort() }),
    ...(open && { open: true }),
  };
}
