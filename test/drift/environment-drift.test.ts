import { expect, test } from 'vitest';
import { environmentDrift } from '../../src/drift/environment-drift.ts';
import type { EnvironmentDocument } from '../../src/language/environment.ts';
import { describedFleet, type FleetParts } from '../promote/described-fleet.ts';

type Entry = EnvironmentDocument['spec']['systems'][string];

const shop = {
  parameters: {
    domain: { type: 'string', default: 'x', promote: 'local' },
    epochs: { type: 'integer', default: 1, promote: 'carry' },
    mode: { type: 'string', default: 'plain', promote: 'hold' },
  },
  components: { web: { image: 'example/shop:1.0.0' } },
};

const systems = { shop, 'shop/1.0.0': shop, 'shop/1.1.0': shop };

function driftOf(
  entries: Readonly<Record<string, Entry>>,
  promotion: FleetParts['promotion'] = { pipeline: Object.keys(entries) },
) {
  const environments = Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { systems: { shop: entry } }]));
  return environmentDrift(describedFleet({ systems, environments, promotion }));
}

const release = '1.0.0';

test('the same everywhere is no drift', () => {
  const entry = { release, parameters: { epochs: 2 } };
  expect(driftOf({ dev: entry, prod: entry })).toEqual([]);
});

test('a field that promotion carries says what both have, where, and how it gets along', () => {
  expect(driftOf({ dev: { release, parameters: { epochs: 2 } }, prod: { release, parameters: { epochs: 1 } } })).toEqual([
    {
      id: 'environments:prod/shop#parameters.epochs',
      between: 'environments',
      what: 'differs',
      cluster: 'here',
      overlay: 'prod/shop',
      field: 'parameters.epochs',
      declared: 2,
      live: 1,
      because: ['clusters/here/dev.yaml:11', 'clusters/here/prod.yaml:11'],
      summary: 'prod has another value than dev; promotion carries it: its System says `promote: carry`',
      advice: '`stowage promote shop --to prod` carries it',
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
    },
  ]);
});

test('what promotion holds is told with how to take it along, and what is each environment’s own is not', () => {
  const [held, ...more] = driftOf({
    dev: { release, parameters: { mode: 'new', domain: 'a' }, components: { web: { replicas: 2 } } },
    prod: { release, parameters: { domain: 'b' }, components: { web: { replicas: 5 } } },
  });
  expect(more).toEqual([]);
  expect(held).toMatchObject({
    id: 'environments:prod/shop#parameters.mode',
    declared: 'new',
    because: ['clusters/here/dev.yaml:11'],
    summary: expect.stringContaining('dev says it, and prod does not; promotion holds it'),
    advice: expect.stringContaining('stowage promote shop --to prod --include parameters.mode'),
  });
  expect(held).not.toHaveProperty('live');
});

test('a release that is ahead goes back, and one that is behind goes along', () => {
  expect(driftOf({ dev: { release: '1.1.0' }, prod: { release } })).toEqual([
    expect.objectContaining({ field: 'release', declared: '1.1.0', live: '1.0.0', advice: expect.stringContaining('promote') }),
  ]);
  expect(driftOf({ dev: { release }, prod: { release: '1.1.0' } })).toEqual([
    expect.objectContaining({ advice: '`stowage rollback prod/shop --to 1.0.0` goes back to it' }),
  ]);
});

test('each environment is held against the first of the wave before, and none where there is no pipeline', () => {
  const entries = {
    dev: { release, parameters: { epochs: 3 } },
    a: { release },
    b: { release, parameters: { epochs: 3 } },
    late: { release },
  };
  const pipeline = ['dev', ['a', 'b'], 'late'];
  expect(driftOf(entries, { pipeline }).map(({ id }) => id)).toEqual(['environments:a/shop#parameters.epochs']);
  expect(driftOf(entries, {})).toEqual([]);
});

test('what changes again is another difference of the same name', () => {
  const [one] = driftOf({ dev: { release, parameters: { epochs: 3 } }, prod: { release, parameters: { epochs: 1 } } });
  const [other] = driftOf({ dev: { release, parameters: { epochs: 3 } }, prod: { release, parameters: { epochs: 2 } } });
  expect(other?.id).toBe(one?.id);
  expect(other?.digest).not.toBe(one?.digest);
});
