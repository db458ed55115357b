import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandId, groupReadings, readField, readingOf, whyCommand } from '../../src/page/object/compare-field.ts';
import type { Json, OverlayPart } from '../../src/report/report.ts';

const part = (value: Json): OverlayPart => ({
  environment: 'dev',
  system: 'shop',
  objects: [
    {
      id: 'Service/a',
      apiVersion: 'v1',
      kind: 'Service',
      name: 'a',
      namespace: null,
      component: null,
      wave: 0,
      value,
      origins: 0,
    },
  ],
  origins: [],
  graph: { nodes: [], edges: [] },
  secrets: [],
});

test('a field is read, or is not there, or its object is not there', () => {
  expect(readField(part({ spec: { replicas: 2 } }), 'Service/a', 'spec.replicas')).toEqual({
    state: 'value',
    value: 2,
    text: '2',
  });
  expect(readField(part({ spec: null }), 'Service/a', 'spec')).toMatchObject({ value: null });
  expect(readField(part({}), 'Service/a', 'constructor')).toEqual({ state: 'no field' });
  expect(readField(part({}), 'Service/b', '')).toEqual({ state: 'no object' });
  expect(readField(undefined, 'Service/a', '')).toEqual({ state: 'no object' });
});

test('environments are grouped by value, the own first, then the most', () => {
  const readings = new Map([
    ['dev', readingOf(1)],
    ['staging', readingOf('1')],
    ['eu', readingOf('1')],
    ['us', { state: 'no field' } as const],
    ['test', readingOf(1)],
    ['asia', readingOf('1')],
  ]);
  const groups = groupReadings(readings, readingOf(1));
  expect(groups.map(({ environments, own }) => [environments.join(' '), own])).toEqual([
    ['dev test', true],
    ['staging eu asia', false],
    ['us', false],
  ]);
});

test('the order of keys says nothing, the order of a list does', () => {
  const readings = new Map([
    ['a', readingOf({ x: 1, y: [1, 2] })],
    ['b', readingOf({ y: [1, 2], x: 1 })],
    ['c', readingOf({ x: 1, y: [2, 1] })],
    ['d', readingOf(JSON.parse('{"x":1,"y":[1,2],"__proto__":3}') as Json)],
  ]);
  const groups = groupReadings(readings, readingOf({ x: 1, y: [1, 2] }));
  expect(groups.map(({ environments }) => environments)).toEqual([['a', 'b'], ['c'], ['d']]);
});

test('the command survives a shell, whatever the field is called', () => {
  expect(whyCommand('dev/shop', 'Service/a', 'spec.replicas')).toBe('stowage why dev/shop/Service/a#spec.replicas');
  const field = 'data["it\'s $(id) `x` \\"]';
  const words = execFileSync('sh', ['-c', `stowage() { printf %s "$2"; }; ${whyCommand('dev/shop', 'Service/a', field)}`]);
  expect(words.toString()).toBe(`dev/shop/Service/a#${field}`);
});

test('commands take an object without what tells namesakes apart', () => {
  expect(commandId({ id: 'Ingress/a (networking.k8s.io/v1 2)', apiVersion: 'networking.k8s.io/v1' })).toBe('Ingress/a');
  expect(commandId({ id: 'Role/a (b)', apiVersion: 'v1' })).toBe('Role/a (b)');
});
