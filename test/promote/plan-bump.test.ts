import { describe, expect, test } from 'vitest';
import { parseBumps } from '../../src/promote/parse-bump.ts';
import { planBump } from '../../src/promote/plan-bump.ts';
import { describedFleet, intentOf, shop } from './described-fleet.ts';

const image = `example/shop:1.0.1@sha256:${'0123456789abcdef'.repeat(4)}`;
const bumps = (...targets: string[]) => {
  const parsed = parseBumps(
    targets.map((target) => `${target}=${image}`),
    { resolve: false },
  );
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
};

const described = describedFleet({
  promotion: { pipeline: ['dev', ['test', 'beta'], 'prod'] },
  systems: {
    shop: { components: { web: { ...shop.components.web, sidecars: { proxy: { image: 'example/proxy:1' } } } } },
    'shop/1.0.0': { components: { old: shop.components.web } },
    'cart/1.0.0': shop,
  },
  environments: {
    dev: { systems: { shop: {}, cart: { release: '1.0.0' } } },
    test: {},
    beta: {},
    prod: { systems: { shop: { release: '1.0.0' } } },
    apart: { systems: { shop: { components: { web: { image } } } } },
  },
});

const plan = (targets: readonly string[], environment?: string, system = 'shop') =>
  planBump(described, { system, environment, bumps: bumps(...targets) });

describe('of the head', () => {
  test('is an edit of the System, with no environment in it', () => {
    const intent = intentOf(plan(['web', 'web/proxy']));
    expect(intent).toMatchObject({
      purpose: 'bump',
      key: { scope: 'base', system: 'shop' },
      title: 'Bump web, web/proxy of shop',
      environment: undefined,
      from: `${image}, ${image}`,
      fields: [],
      notes: [],
      verifiedIn: [],
      leftBehind: [],
    });
    expect([...intent.edits]).toEqual([
      [
        'systems/shop/system.yaml',
        [
          { path: ['spec', 'components', 'web', 'image'], value: image },
          { path: ['spec', 'components', 'web', 'sidecars', 'proxy', 'image'], value: image },
        ],
      ],
    ]);
  });

  test('of a System that has only releases there is none', () => {
    expect(plan(['web'], undefined, 'cart')).toEqual({
      refused: 'System cart has no head',
      advice: 'bump it in one environment with -e <environment>',
    });
  });
});

describe('in an environment', () => {
  test('is an edit of its entry, of the release that runs there', () => {
    const intent = intentOf(plan(['old'], 'prod'));
    expect(intent).toMatchObject({
      key: { scope: 'system', environment: 'prod', system: 'shop' },
      title: 'Bump old of shop in prod',
      environment: 'prod',
    });
    expect([...intent.edits]).toEqual([
      ['clusters/here/prod.yaml', [{ path: ['spec', 'systems', 'shop', 'components', 'old', 'image'], value: image }]],
    ]);
    expect(plan(['web'], 'prod')).toHaveProperty('refused', expect.stringContaining('has no component `web`'));
  });

  test('needs no head', () => {
    expect(intentOf(plan(['web'], 'dev', 'cart')).title).toBe('Bump web of cart in dev');
  });

  test.each([
    ['dev', []],
    ['apart', undefined],
    ['beta', ['dev comes first and has not got it']],
    ['prod', ['dev', 'test', 'beta'].map((name) => `${name} comes first and has not got it`)],
  ])('%s leaves behind what comes before it in the pipeline', (environment, leftBehind) => {
    const answer = plan([environment === 'prod' ? 'old' : 'web'], environment);
    if (leftBehind === undefined) expect(answer).toEqual({ nothing: 'apart has these images of shop already' });
    else expect(intentOf(answer).leftBehind).toEqual(leftBehind);
  });
});

describe('what is refused', () => {
  test.each([
    ['shpo', undefined, 'there is no System `shpo`', 'did you mean `shop`?'],
    ['shop', 'prd', 'there is no environment `prd`', 'did you mean `prod`?'],
    ['cart', 'prod', 'prod does not run `cart`', 'add it to clusters/here/prod.yaml'],
  ])('%s in %s', (system, environment, refused, advice) => {
    expect(plan(['web'], environment, system)).toEqual({ refused, advice });
  });

  test('a component that is not there, with what is meant', () => {
    expect(plan(['wbe'])).toEqual({ refused: 'System `shop` has no component `wbe`', advice: 'did you mean `web`?' });
  });
});

test('images that are there already are nothing to do', () => {
  expect(plan(['web'], 'apart')).toEqual({ nothing: 'apart has these images of shop already' });
  const there = describedFleet({ systems: { shop: { components: { web: { image } } } }, environments: { dev: {} } });
  expect(planBump(there, { system: 'shop', environment: undefined, bumps: bumps('web') })).toEqual({
    nothing: 'the head of shop has these images already',
  });
});
