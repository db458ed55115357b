import { expect, test } from 'vitest';
import { parseRoute } from '../../src/page/base/route.ts';
import { findEntries } from '../../src/page/search/find-entries.ts';
import { buildSearchIndex } from '../../src/page/search/search-index.ts';
import { placesOf } from '../../src/page/search/search-places.ts';
import { madeEnvironment, madeIndex } from './support/made-index.ts';

const index = madeIndex({
  environments: [
    madeEnvironment('dev', { wave: 0 }),
    madeEnvironment('canary', { wave: 1 }),
    madeEnvironment('prod', { wave: 1, protected: true, stage: 'prod' }),
    madeEnvironment('demo'),
  ],
  systems: ['shop'],
  objects: [{ system: 'shop', object: 'Deployment/web', component: null, environments: [0, 1, 2, 3] }],
});
const hit = findEntries(buildSearchIndex(index), 'deployment').groups[0]?.hits[0];

function namesAt(hash: string): (string | undefined)[] {
  if (hit === undefined) throw new Error('nothing was found');
  return placesOf(hit, index, parseRoute(hash)).map(({ environment }) => environment?.name);
}

test('the nearest to production is offered first, and what is outside of the pipeline last', () => {
  expect(namesAt('#/fleet')).toEqual(['prod', 'canary', 'dev', 'demo']);
});

test('where the reader is comes before all others', () => {
  expect(namesAt('#/system/shop/dev')[0]).toBe('dev');
  expect(namesAt('#/fleet?cluster=demo')[0]).toBe('demo');
});

test('a place leads to the object itself', () => {
  expect(hit && placesOf(hit, index, parseRoute(''))[0]?.href).toBe('#/object/prod/shop/Deployment%2Fweb');
});
