import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Generate } from '../../src/sealing/generate.ts';
import { generationOrder } from '../../src/sealing/generation-order.ts';
import { settings } from '../support/fast-check-settings.ts';

function order(declared: Readonly<Record<string, Generate>>) {
  return generationOrder(new Map(Object.entries(declared)));
}

test('a key comes after the one that it is made from, and otherwise as declared', () => {
  const declared: Record<string, Generate> = {
    users: { htpasswd: { user: 'ops', passwordOf: 'password' } },
    token: { hex: 16 },
    public: { publicKeyOf: 'private' },
    hash: { bcryptOf: 'password' },
    password: { alphanumeric: 20 },
    private: { keyPair: 'ed25519' },
  };
  expect(order(declared)).toEqual({ order: ['password', 'users', 'token', 'private', 'public', 'hash'] });
});

test('what is given from outside holds up nothing', () => {
  expect(order({ hash: { bcryptOf: 'password' } })).toEqual({ order: ['hash'] });
});

test('a circle is shown as it runs', () => {
  expect(order({ a: { bcryptOf: 'a' } })).toEqual({ circle: ['a', 'a'] });
  const longer = { x: { bcryptOf: 'a' }, a: { bcryptOf: 'b' }, b: { bcryptOf: 'c' }, c: { bcryptOf: 'a' } };
  expect(order(longer)).toEqual({ circle: ['a', 'b', 'c', 'a'] });
});

test('whatever is declared, each key comes once and after its source, or there is a circle', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const sources = fc.array(fc.option(fc.constantFrom(...names, 'given')), { maxLength: names.length });
  fc.assert(
    fc.property(sources, (sources) => {
      const declared = new Map<string, Generate>(
        sources.map((source, index) => [names[index] as string, source === null ? { hex: 8 } : { bcryptOf: source }]),
      );
      const result = generationOrder(declared);
      const sourceOf = (key: string) => declared.get(key)?.bcryptOf;
      if ('circle' in result) {
        expect(result.circle[0]).toBe(result.circle.at(-1));
        for (const [index, key] of result.circle.slice(0, -1).entries()) expect(sourceOf(key)).toBe(result.circle[index + 1]);
        return;
      }
      expect([...result.order].sort()).toEqual([...declared.keys()].sort());
      for (const [index, key] of result.order.entries()) {
        const source = sourceOf(key) ?? 'given';
        if (declared.has(source)) expect(result.order.slice(0, index)).toContain(source);
      }
    }),
    settings(500),
  );
});
