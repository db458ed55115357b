import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareObject, type KeysAt } from '../../src/drift/compare-object.ts';
import { describeSteps, valueAt } from '../../src/drift/steps.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import { settings } from '../support/fast-check-settings.ts';

const keysAt: KeysAt = (path) => {
  const last = path.at(-1);
  if (last === 'containers' || last === 'env') return ['name'];
  return last === 'ports' ? ['containerPort', 'protocol'] : [];
};

const differing = (declared: PlainObject, live: PlainObject) =>
  compareObject(declared, live, keysAt).map(({ steps }) => describeSteps(steps));

describe('a live object that says more', () => {
  it.each<[string, PlainObject, PlainObject]>([
    ['a field that nobody declares', { spec: { a: 1 } }, { spec: { a: 1, b: 2 } }],
    [
      'an element of a list with keys',
      { spec: { env: [{ name: 'A' }] } },
      { spec: { env: [{ name: 'B' }, { name: 'A', value: '' }] } },
    ],
    [
      'a key that is left out with its usual value',
      { ports: [{ containerPort: 80 }] },
      { ports: [{ containerPort: 80, protocol: 'TCP' }] },
    ],
    ['a quantity of the same size', { spec: { resources: { cpu: 0.5 } } }, { spec: { resources: { cpu: '500m' } } }],
    [
      'what a list without keys adds to its elements',
      { spec: { rules: [{ a: 1 }] } },
      { spec: { rules: [{ a: 1, b: 'default' }] } },
    ],
    ['a field that is declared as nothing', { spec: { a: null } }, { spec: {} }],
    ['a status', { status: { a: 1 } }, {}],
  ])('is as declared: %s', (_, declared, live) => {
    expect(differing(declared, live)).toEqual([]);
  });
});

describe('a live object that says otherwise', () => {
  it.each<[string, PlainObject, PlainObject, string[]]>([
    ['a value', { spec: { a: 1 } }, { spec: { a: 2 } }, ['spec.a']],
    ['a text for a number', { data: { a: '1' } }, { data: { a: 1 } }, ['data.a']],
    [
      'texts that are the same number',
      { metadata: { labels: { v: '1.0' } } },
      { metadata: { labels: { v: '1' } } },
      ['metadata.labels.v'],
    ],
    ['a field that is gone', { spec: { a: { b: 1, c: 2 } } }, { spec: {} }, ['spec.a']],
    ['an element that is gone', { spec: { env: [{ name: 'A' }] } }, { spec: { env: [] } }, ['spec.env[A]']],
    [
      'a field of an element',
      { spec: { containers: [{ name: 'web', image: 'a' }] } },
      { spec: { containers: [{ name: 'x' }, { name: 'web', image: 'b' }] } },
      ['spec.containers[web].image'],
    ],
    [
      'the same port of another protocol',
      { ports: [{ containerPort: 53, protocol: 'UDP' }] },
      { ports: [{ containerPort: 53 }] },
      ['ports[53/UDP]'],
    ],
    ['a list without keys, once as a whole', { spec: { args: ['a', 'b'] } }, { spec: { args: ['b', 'a'] } }, ['spec.args']],
    ['one element of it', { spec: { rules: [{ a: 1 }, { a: 2 }] } }, { spec: { rules: [{ a: 1 }, { a: 3 }] } }, ['spec.rules']],
    ['an element more of it', { spec: { args: ['a'] } }, { spec: { args: ['a', 'b'] } }, ['spec.args']],
    ['a key that looks like what every object has', { data: { constructor: 'a' } }, { data: {} }, ['data.constructor']],
  ])('is told: %s', (_, declared, live, fields) => {
    expect(differing(declared, live)).toEqual(fields);
  });
});

const leaf = fc.oneof(fc.string({ maxLength: 4 }), fc.integer({ min: -3, max: 3 }), fc.boolean());
const key = fc.constantFrom('a', 'b', 'labels', 'env', 'x/y', '__proto__');
const { object } = fc.letrec<{ value: unknown; object: PlainObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('object'), fc.array(leaf, { maxLength: 3 })),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));

it('finds nothing exactly where applying the declared would set nothing', () => {
  fc.assert(
    fc.property(object, object, (declared, live) => {
      const found = compareObject({ spec: declared }, { spec: live }, () => []);
      const applied = setAll({ spec: live }, { spec: declared });
      expect(found.length === 0).toBe(JSON.stringify(sorted(applied)) === JSON.stringify(sorted({ spec: live })));
    }),
    settings(2_000),
  );
});

it('leads to the values that it names, on both sides', () => {
  fc.assert(
    fc.property(object, object, (declared, live) => {
      for (const { steps, declared: meant, live: there } of compareObject({ spec: declared }, { spec: live }, () => [])) {
        expect(valueAt({ spec: declared }, steps)).toEqual(meant);
        expect(valueAt({ spec: live }, steps)).toEqual(there);
      }
    }),
    settings(500),
  );
});

/** Maps are merged, everything else is replaced: what server-side apply does where a schema says nothing. */
function setAll(live: unknown, declared: unknown): unknown {
  if (!isMap(declared)) return declared;
  const result: PlainObject = Object.assign(Object.create(null), isMap(live) ? live : {});
  for (const [name, value] of Object.entries(declared)) result[name] = setAll(result[name], value);
  return result;
}

function sorted(value: unknown): unknown {
  if (!isMap(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  // A map stays another thing than a list, empty ones as well.
  return { entries: entries.map(([name, child]) => [name, sorted(child)]) };
}

function isMap(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
