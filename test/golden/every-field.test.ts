import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { exportJsonSchemas } from '../../src/language/export-json-schemas.ts';
import { listCases, readTree } from './case-folders.ts';

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

/** Where a field first stands, and whether it is used in any of its places. */
interface Field {
  readonly place: string;
  used: boolean;
}

const casesFolder = fileURLToPath(new URL('../cases', import.meta.url));
const documents = listCases(casesFolder)
  .flatMap((name) => [...readTree(`${casesFolder}/${name}/input`)])
  .filter(([path]) => path.endsWith('.yaml'))
  .map(([, content]) => parse(new TextDecoder().decode(content)) as unknown)
  .filter(isMap);

// The tool writes releases, and baselines of drift are nothing that is compiled.
test('the golden cases use every field of what people write', () => {
  const schemas = exportJsonSchemas();
  const fields = new Map<string, Field>();
  for (const kind of ['System', 'Cluster', 'Environment', 'Fleet']) {
    const values = documents.filter((document) => document.kind === kind);
    walk(inPlace(schemas[`${kind.toLowerCase()}.json`] as Schema), kind, values, fields);
  }
  expect(fields.size).toBeGreaterThan(200);
  expect([...fields.values()].filter(({ used }) => !used).map(({ place }) => place)).toEqual([]);
});

/** Goes through a schema together with all values that stand at its place in some document. */
function walk(schema: Schema, place: string, values: readonly unknown[], fields: Map<string, Field>): void {
  const { anyOf = [], allOf = [], items, properties = {}, additionalProperties } = schema;
  for (const one of [...anyOf, ...allOf]) walk(one, place, values, fields);
  if (items !== undefined) walk(items, `${place}[]`, values.filter(Array.isArray).flat(), fields);
  const maps = values.filter(isMap);
  // A component is the same in a System, a profile and an environment: used once is enough.
  const fragment = JSON.stringify(properties);
  for (const [name, inner] of Object.entries(properties)) {
    // An environment takes something away by null.
    const said = maps.map((map) => map[name]).filter((value) => value !== undefined && value !== null);
    const field = fields.get(`${fragment} ${name}`) ?? { place: `${place}.${name}`, used: false };
    fields.set(`${fragment} ${name}`, field);
    field.used ||= said.length > 0;
    walk(inner, `${place}.${name}`, said, fields);
  }
  if (typeof additionalProperties !== 'object') return;
  const others = maps.flatMap((map) =>
    Object.keys(map)
      .filter((name) => !Object.hasOwn(properties, name))
      .map((name) => map[name]),
  );
  walk(additionalProperties, `${place}.*`, others, fields);
}

/** A schema with what it refers to in the place of references, so that the same part reads the same in every document. */
function inPlace(schema: Schema & { readonly definitions?: Readonly<Record<string, Schema>> }): Schema {
  const { definitions = {}, ...root } = schema;
  const follow = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(follow);
    if (!isMap(node)) return node;
    if (typeof node.$ref === 'string') return follow(definitions[node.$ref.slice('#/definitions/'.length)]);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, follow(value)]));
  };
  return follow(root) as Schema;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
