// Writes docs/language.md: a table for each document kind and each shape that documents share, from the
// schemas that check them, behind the introduction that is written by hand.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

const { schemas } = await importBundled(`
  import * as z from 'zod';
  import { clusterSchema } from './src/language/cluster.ts';
  import { componentSchema } from './src/language/component.ts';
  import { environmentSchema, extraContainerSchema, groupedEnvironmentSchema, probeSchema, resourcesSchema } from './src/language/container.ts';
  import { driftBaselineSchema } from './src/language/drift-baseline.ts';
  import { environmentDocumentSchema } from './src/language/environment.ts';
  import { fleetSchema } from './src/language/fleet.ts';
  import { externalSchema, furtherServicesSchema, ingressSchema, networkSchema, portsSchema, serviceSchema } from './src/language/networking.ts';
  import { releaseSchema } from './src/language/release.ts';
  import { annotations, cidr, configKey, dnsLabel, dnsName, environmentVariable, identifier, ipAddress, kubernetesObject, labelKey,
    labels, language, port, portName, quantity, quantityAboveZero, servedHost, versionName } from './src/language/scalars.ts';
  import { systemSchema } from './src/language/system.ts';
  import { configSchema, volumeSchema } from './src/language/volumes.ts';
  const written = language('written');
  const built = {
    documents: { Fleet: fleetSchema(), System: systemSchema('written'), Cluster: clusterSchema(),
      Environment: environmentDocumentSchema(), Release: releaseSchema(),
      DriftBaseline: driftBaselineSchema() },
    shapes: { Component: componentSchema(written), 'Extra container': extraContainerSchema(written),
      'Environment variables': groupedEnvironmentSchema(written), 'Variables of an extra container': environmentSchema(written),
      Ports: portsSchema(written), Service: serviceSchema(written), 'Further Services': furtherServicesSchema(written),
      Ingress: ingressSchema(written), External: externalSchema(written), Network: networkSchema(written),
      Volume: volumeSchema(written), Probe: probeSchema(written), Resources: resourcesSchema(written), Config: configSchema(written) },
    scalars: { 'DNS label': dnsLabel, 'DNS name': dnsName, 'DNS name or *.name': servedHost, 'version name': versionName, identifier,
      'variable name': environmentVariable, 'file name': configKey, 'label key': labelKey, labels, annotations, quantity, 'quantity above zero': quantityAboveZero, port, 'port name': portName, CIDR: cidr, 'IP address': ipAddress,
      'Kubernetes fields': kubernetesObject },
  };
  const json = (schema) => z.toJSONSchema(schema, { io: 'input', target: 'draft-7', reused: 'inline', unrepresentable: 'any' });
  export const schemas = Object.fromEntries(Object.entries(built).map(([group, members]) =>
    [group, Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, json(schema)]))]));
`);

const places = {
  Fleet: '`stowage.yaml`',
  System: '`systems/<system>/system.yaml`; frozen as `systems/<system>/releases/<version>/system.yaml`',
  Cluster: '`clusters/<cluster>/cluster.yaml`',
  Environment: '`clusters/<cluster>/<environment>.yaml`',
  Release: '`systems/<system>/releases/<version>/release.yaml`, written by `stowage release`',
  DriftBaseline: '`drift/<cluster>.yaml`; `stowage drift accept` adds to it',
};

const scalarNames = new Map(Object.entries(schemas.scalars).map(([name, schema]) => [shapeOf(schema), name]));
const shapeNames = new Map(Object.entries(schemas.shapes).map(([name, schema]) => [shapeOf(schema), name]));

const page = [
  '<!-- Written by scripts/docs/write-language.mjs from the schemas in src/language and from docs/language-introduction.md. -->',
  '',
  readFileSync(`${root}/docs/language-introduction.md`, 'utf8').trim(),
  '',
  '# Reference',
  '',
  'The tables come from the schemas that check the documents. A field in **bold** must be there. `<name>` stands for a key of your choice, `[]` for each item of a list. "or `${…}`" says that an expression may stand for the value. "Kubernetes fields" are passed through in Kubernetes\' own words and checked against the OpenAPI of the cluster\'s version. A row without a description is an entry of the map or list above it.',
  '',
  ...Object.entries(schemas.documents).flatMap(([kind, schema]) => [
    `## ${kind}`,
    '',
    `${schema.description}. It lies at ${places[kind]}.`,
    '',
    ...table(schema),
  ]),
  '# Shapes that documents share',
  '',
  ...Object.entries(schemas.shapes).flatMap(([name, schema]) => [
    `## ${name}`,
    '',
    ...(schema.description === undefined ? [] : [`${sentence(schema.description)}`, '']),
    ...table(schema),
  ]),
  '# Scalars',
  '',
  '|Name|Form|',
  '|-|-|',
  ...Object.entries(schemas.scalars)
    .filter(([, schema]) => formOf(schema) !== undefined)
    .map(([name, schema]) => `|${name}|${formOf(schema)}|`),
];
writeFileSync(`${root}/docs/language.md`, `${page.join('\n')}\n`);

function table(schema) {
  const rows = rowsOf(schema, '').map(({ path, required, type, description }) => {
    const text = description === undefined ? '' : sentence(description);
    return `|${required ? `**\`${path}\`**` : `\`${path}\``}|${type}|${cell(text)}|`;
  });
  return ['|Field|Type|Description|', '|-|-|-|', ...rows, ''];
}

/** One row for each field, those of nested maps below their own. */
function rowsOf(schema, path) {
  const rows = [];
  const below = (child, childPath, required) => {
    const { inner, description } = bare(child);
    rows.push({ path: childPath, required, type: typeOf(inner), description: child.description ?? description });
    if (nameOf(inner) === undefined) rows.push(...rowsOf(inner, childPath));
  };
  for (const part of alternatives(schema)) {
    for (const [key, child] of Object.entries(part.properties ?? {}))
      below(child, join(path, key), part.required?.includes(key) === true);
    if (isMap(part)) {
      const nested = bare(part.additionalProperties).inner;
      const keyPath = join(path, mapKey(path, part));
      // A map of plain values says all in its own row.
      if (path === '' || (nameOf(nested) === undefined && hasFields(nested))) below(part.additionalProperties, keyPath, false);
      else if (isMap(nested) && nameOf(nested) === undefined) rows.push(...rowsOf(nested, keyPath));
    }
    if (part.type === 'array') {
      const nested = bare(part.items ?? {}).inner;
      if (nameOf(nested) === undefined) rows.push(...rowsOf(nested, `${path}[]`));
    }
  }
  return rows;
}

function hasFields(schema) {
  return alternatives(schema).some((part) => part.properties !== undefined);
}

function join(path, key) {
  return path === '' ? key : `${path}.${key}`;
}

function mapKey(path, part) {
  const names = scalarNames.get(shapeOf(part.propertyNames ?? {}));
  if (names === 'file name') return path.endsWith('keys') ? '<key>' : '<file>';
  return names === 'variable name' ? '<NAME>' : '<name>';
}

function isMap(schema) {
  return schema.type === 'object' && schema.additionalProperties !== undefined && schema.additionalProperties !== false;
}

/** The schema without the branch that takes an expression. */
function bare(schema) {
  const branches = schema.anyOf?.filter((branch) => !isExpression(branch));
  if (branches === undefined || branches.length === schema.anyOf.length)
    return { inner: schema, description: schema.description };
  const inner = branches.length === 1 ? branches[0] : { anyOf: branches };
  return { inner: { ...inner, mayBeExpression: true }, description: schema.description ?? inner.description };
}

function alternatives(schema) {
  return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap((branch) => alternatives(bare(branch).inner));
}

function isExpression(schema) {
  return schema.description?.startsWith('A CEL expression') === true;
}

function typeOf(schema) {
  const expression = schema.mayBeExpression === true ? ' or `${…}`' : '';
  return `${plainType(schema)}${expression}`;
}

function plainType(schema) {
  const name = nameOf(schema);
  if (name !== undefined) return shapeNames.has(shapeOf(schema)) ? `[${name}](#${anchor(name)})` : name;
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map((branch) => typeOf(bare(branch).inner)))].join(' or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeOf(bare(schema.items ?? {}).inner)}`;
  if (isMap(schema)) {
    const value = typeOf(bare(schema.additionalProperties).inner);
    return value === 'map' ? 'map by name' : value === 'anything' ? 'map' : `map of ${value}`;
  }
  if (Array.isArray(schema.type)) return schema.type.map((type) => plainType({ type })).join(' or ');
  const types = { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false', object: 'map' };
  const form = schema.pattern === undefined ? '' : ` of the form \`${schema.pattern.replaceAll('|', '\\|')}\``;
  return `${types[schema.type] ?? 'anything'}${least(schema)}${form}`;
}

function least({ minimum, exclusiveMinimum }) {
  if (exclusiveMinimum === 0) return ' above 0';
  return minimum === 0 ? ' from 0' : '';
}

function nameOf(schema) {
  const shape = shapeOf(schema);
  return scalarNames.get(shape) ?? shapeNames.get(shape);
}

/** What a schema takes, without what is said about it. */
function shapeOf(schema) {
  const { $schema, description, mayBeExpression, ...rest } = schema;
  return JSON.stringify(rest);
}

function formOf(schema) {
  const pattern = schema.pattern ?? schema.anyOf?.find((branch) => branch.pattern !== undefined)?.pattern;
  if (pattern !== undefined) {
    const longest = schema.maxLength === undefined ? '' : `, at most ${schema.maxLength} characters`;
    return `\`${cell(pattern)}\`${longest}${schema.anyOf === undefined ? '' : ', or a number'}`;
  }
  return schema.type === 'integer' ? `whole number from ${schema.minimum} to ${schema.maximum}` : undefined;
}

function anchor(name) {
  return name.toLowerCase().replaceAll(' ', '-');
}

function sentence(text) {
  // `true: …` and the like keep their spelling.
  const kept = text.replace(/^(true|false|prefixed)(?=:)/, '`$1`');
  const begun = kept.charAt(0).toUpperCase() + kept.slice(1);
  return /[.)…]$/.test(text) ? begun : `${begun}.`;
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

async function importBundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
