import { expect, test } from 'vitest';
import { exportJsonSchemas } from '../../src/language/export-json-schemas.ts';

interface Node {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Node>>;
}

test.each(Object.entries(exportJsonSchemas()))('every field of %s tells editors what it does', (_, schema) => {
  const fields = fieldsOf(schema as Node);
  expect(fields.length).toBeGreaterThan(5);
  const silent = fields.filter(({ node }) => (node.description ?? followed(node, schema as Node).description) === undefined);
  expect(silent.map(({ path }) => path)).toEqual([]);
});

/** Every property at any depth, by its path in the schema. */
function fieldsOf(node: Node, path = ''): { readonly path: string; readonly node: Node }[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = Object.entries(node.properties ?? {}).map(([name, child]) => ({ path: `${path}.${name}`, node: child }));
  const below = Object.entries(node).flatMap(([word, child]) =>
    word === 'properties'
      ? own.flatMap((field) => fieldsOf(field.node, field.path))
      : fieldsOf(child as Node, word === 'definitions' ? path : `${path}/${word}`),
  );
  return [...own, ...below];
}

/** What a field that several places share says of itself. */
function followed(node: Node, schema: Node): Node {
  if (node.$ref === undefined) return node;
  const at = node.$ref.split('/').slice(1);
  return at.reduce<unknown>((inside, word) => (inside as Record<string, unknown>)[word], schema) as Node;
}
