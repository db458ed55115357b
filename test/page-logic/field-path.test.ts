import fc from 'fast-check';
import { expect, test } from 'vitest';
import { childrenOf, findField, originAt } from '../../src/page/object/field-path.ts';
import { parsePath } from '../../src/plan/field-path.ts';
import type { Json } from '../../src/report/report.ts';
import { settings } from '../support/fast-check-settings.ts';

const fieldsOf = (value: Json, field = ''): { field: string; value: Json }[] =>
  childrenOf(value, field).flatMap((child) => [child, ...fieldsOf(child.value, child.field)]);

test('fields are written as `stowage why` reads them', () => {
  const value: Json = {
    metadata: { annotations: { 'a.b/c': 'x', 'd/e': 'y' } },
    containers: [{ name: 'web', env: [{ name: 'A' }, { name: 'A' }] }, { name: 'a]b' }, { name: '7' }, 'text'],
  };
  const fields = fieldsOf(value).map(({ field }) => field);
  expect(fields).toEqual([
    'metadata',
    'metadata.annotations',
    'metadata.annotations["a.b/c"]',
    'metadata.annotations.d/e',
    'containers',
    'containers[web]',
    'containers[web].name',
    'containers[web].env',
    'containers[web].env[0]',
    'containers[web].env[0].name',
    'containers[web].env[1]',
    'containers[web].env[1].name',
    'containers["a]b"]',
    'containers["a]b"].name',
    'containers[2]',
    'containers[2].name',
    'containers[3]',
  ]);
  expect(parsePath('metadata.annotations["a.b/c"]')).toEqual(['metadata', 'annotations', 'a.b/c']);
  expect(parsePath('containers["a]b"].name')).toEqual(['containers', 'a]b', 'name']);
});

test('every field leads back to its value, whatever its keys are', () => {
  const key = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', '.', '[', ']', '"', '1', ' ', '\n') });
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      key,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(key, tie('node'), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(node, (value) => {
      const seen = new Set<string>();
      for (const { field, value: wanted } of fieldsOf(value as Json)) {
        // Two that are written alike cannot be told apart; the first is as good as the other.
        if (!seen.has(field)) expect(findField(value as Json, field)?.value).toEqual(wanted);
        seen.add(field);
      }
    }),
    settings(500),
  );
});

test('names out of JavaScript are names like others', () => {
  const value = JSON.parse('{"__proto__":{"a":1},"b":{"constructor":2}}') as Json;
  expect(findField(value, '__proto__.a')?.value).toBe(1);
  expect(findField(value, 'b.constructor')?.value).toBe(2);
  for (const field of ['constructor', 'toString', '__proto__.constructor', 'b.__proto__', 'b.constructor.name'])
    expect(findField(value, field)).toBeUndefined();
});

test('elements are found by position too, and by what a plan calls them', () => {
  const value: Json = {
    ports: [
      { name: 'http', port: 80 },
      { port: 53, protocol: 'UDP' },
    ],
    mounts: [{ mountPath: '/data', name: 'x' }],
  };
  expect(findField(value, 'ports[0].port')?.value).toBe(80);
  expect(findField(value, 'ports[80].name')?.field).toBe('ports[http].name');
  expect(findField(value, 'ports[53/UDP].port')?.field).toBe('ports[1].port');
  expect(findField(value, 'mounts[/data]')?.field).toBe('mounts[x]');
  expect(findField(value, 'ports[9]')).toBeUndefined();
});

test('an origin is the nearest above that is known', () => {
  const tree = { at: 1, in: { a: { at: 2, in: [3, { at: 4, in: {} }] }, b: 5 } };
  expect(originAt(tree, [])).toBe(1);
  expect(originAt(tree, ['a', 0])).toBe(3);
  expect(originAt(tree, ['a', 1, 'x', 'constructor'])).toBe(4);
  expect(originAt(tree, ['b', 'x'])).toBe(5);
  expect(originAt(tree, ['constructor'])).toBe(1);
});
