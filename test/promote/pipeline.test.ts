import { describe, expect, test } from 'vitest';
import { destinations, waveOf, wavesOf } from '../../src/promote/pipeline.ts';
import { describedFleet, shop } from './described-fleet.ts';

const both = { shop: {}, stock: {} };
const fleet = (promotion: Parameters<typeof describedFleet>[0]['promotion']) =>
  describedFleet({
    promotion,
    systems: { shop, stock: shop, idle: shop },
    environments: { dev: { systems: both }, test: { systems: { stock: {} } }, eu: { systems: both }, us: { systems: both } },
  });

describe('waves of a system', () => {
  test('are those of all, without environments that do not run it', () => {
    const described = fleet({ pipeline: ['dev', 'test', ['eu', 'us']] });
    expect(wavesOf(described, 'shop')).toEqual([['dev'], ['eu', 'us']]);
    expect(wavesOf(described, 'stock')).toEqual([['dev'], ['test'], ['eu', 'us']]);
    expect(wavesOf(described, 'idle')).toEqual([]);
  });

  test('are its own where it has some, also where these leave out what all have', () => {
    const described = fleet({ pipeline: ['dev', ['eu', 'us']], systems: { stock: [['dev', 'test'], 'us'] } });
    expect(wavesOf(described, 'stock')).toEqual([['dev', 'test'], ['us']]);
    expect(wavesOf(described, 'shop')).toEqual([['dev'], ['eu', 'us']]);
  });

  test('of a wave those stay that run it', () => {
    expect(wavesOf(fleet({ pipeline: ['dev', ['test', 'us']] }), 'shop')).toEqual([['dev'], ['us']]);
  });

  test.each([undefined, {}, { systems: { stock: ['dev', 'eu'] } }])('%j: there are none', (promotion) => {
    expect(wavesOf(fleet(promotion), 'shop')).toEqual([]);
  });

  test('are not made of what every object has', () => {
    expect(wavesOf(fleet({ systems: {} }), 'constructor')).toEqual([]);
  });
});

test('the position of an environment', () => {
  const waves = [['dev'], ['eu', 'us']];
  expect(['dev', 'eu', 'us', 'test'].map((name) => waveOf(waves, name))).toEqual([0, 1, 1, -1]);
});

test('destinations are all but the first wave, by system and then in the order of the waves', () => {
  const described = fleet({ pipeline: ['dev', 'test', ['us', 'eu']], systems: { shop: ['us', 'eu', 'dev'] } });
  expect(destinations(described).map(({ system, environment }) => `${system} ${environment}`)).toEqual([
    'shop eu',
    'shop dev',
    'stock test',
    'stock us',
    'stock eu',
  ]);
});
