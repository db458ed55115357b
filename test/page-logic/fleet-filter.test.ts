import { expect, test } from 'vitest';
import { filterFleet, filterOf } from '../../src/page/fleet/fleet-filter.ts';
import { fleetTable } from '../../src/page/fleet/fleet-table.ts';
import { openedEnvironments, toggleEnvironment } from '../../src/page/fleet/opened-environments.ts';
import { madeCell, madeEnvironment, madeIndex } from './support/made-index.ts';

const table = fleetTable(
  madeIndex({
    environments: [
      madeEnvironment('demo'),
      madeEnvironment('prod', { wave: 1, stage: 'prod' }),
      madeEnvironment('dev', { wave: 0 }),
    ],
    systems: ['bank', 'shop'],
    cells: [
      madeCell('dev', 'bank', { release: 'head', profiles: ['small'] }),
      madeCell('dev', 'shop'),
      madeCell('prod', 'shop', { stale: true }),
      madeCell('demo', 'bank'),
    ],
  }),
);
const masks = (query: Record<string, string>) => Object.fromEntries(filterFleet(table, filterOf({ query })).masks);

test('environments come in the order of the pipeline, those outside of it last', () => {
  expect(table.waves.map(({ wave, rows }) => [wave, rows.map(({ environment }) => environment.name)])).toEqual([
    [0, ['dev']],
    [1, ['prod']],
    [null, ['demo']],
  ]);
});

test('without a filter all is shown, and what is not there stays apart', () => {
  expect(masks({})).toEqual({ dev: '11', prod: '-1', demo: '1-' });
});

test('each filter leaves what answers it', () => {
  expect(masks({ stage: 'prod' })).toEqual({ dev: '', prod: '-1', demo: '' });
  expect(masks({ system: 'bank' })).toEqual({ dev: '10', prod: '-0', demo: '1-' });
  expect(masks({ profile: 'small' })).toEqual({ dev: '10', prod: '-0', demo: '0-' });
  expect(masks({ attention: 'needed' })).toEqual({ dev: '00', prod: '-1', demo: '0-' });
  expect(masks({ find: 'HEAD dev' })).toEqual({ dev: '10', prod: '-0', demo: '0-' });
});

test('what is shown is counted', () => {
  expect(filterFleet(table, filterOf({ query: { system: 'bank' } }))).toMatchObject({ environments: 2, overlays: 2 });
});

test('an environment is opened and closed again, also the one that the address is about', () => {
  const route = { view: 'fleet', path: ['dev'], query: { stage: 'dev' } } as const;
  const opened = toggleEnvironment(route, 'prod');
  expect([...openedEnvironments(opened)]).toEqual(['dev', 'prod']);
  expect(opened.query.stage).toBe('dev');
  expect([...openedEnvironments(toggleEnvironment(opened, 'dev'))]).toEqual(['prod']);
  expect([...openedEnvironments(toggleEnvironment(route, 'dev'))]).toEqual([]);
});
