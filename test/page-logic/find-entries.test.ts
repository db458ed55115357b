import { expect, test } from 'vitest';
import { findEntries } from '../../src/page/search/find-entries.ts';
import { buildSearchIndex } from '../../src/page/search/search-index.ts';
import { largeIndex, madeCell, madeEnvironment, madeIndex } from './support/made-index.ts';

const index = madeIndex({
  environments: [madeEnvironment('dev'), madeEnvironment('prod-eu'), madeEnvironment('prod-us')],
  systems: ['kafka', 'shop'],
  cells: [
    madeCell('dev', 'shop', { images: ['example/kafka-ui:1'], hosts: ['shop.dev.example'] }),
    madeCell('prod-eu', 'shop', { images: ['example/kafka-ui:1'] }),
  ],
  objects: [
    { system: 'shop', object: 'Deployment/web', component: 'web', environments: [0, 1, 2] },
    { system: 'shop', object: 'Service/web', component: 'web', environments: [1] },
    { system: 'shop', object: 'Deployment/cobweb', component: null, environments: [0] },
    { system: 'shop', object: 'Deployment/old-web', component: null, environments: [0] },
  ],
});
const search = buildSearchIndex(index);
const found = (query: string) => findEntries(search, query).groups;
const texts = (query: string, kind: string) =>
  found(query)
    .find((group) => group.kind === kind)
    ?.hits.map(({ entry }) => entry.text);

test('what begins with a word comes before what has it within', () => {
  expect(texts('web', 'object')).toEqual(['Service/web', 'Deployment/web', 'Deployment/old-web', 'Deployment/cobweb']);
});

test('all words have to match, in any order and in either case', () => {
  expect(texts('WEB deploy', 'object')).toEqual(['Deployment/web', 'Deployment/old-web', 'Deployment/cobweb']);
  expect(found('web nowhere')).toEqual([]);
});

test('a word may name an environment, and leaves only those', () => {
  const [hit] = found('deployment/web prod').find(({ kind }) => kind === 'object')?.hits ?? [];
  expect(hit?.entry.text).toBe('Deployment/web');
  expect(hit?.environments).toEqual([1, 2]);
  expect(texts('service/web dev', 'object')).toBeUndefined();
});

test('the name of an environment finds it, and not all that is in it', () => {
  expect(found('prod-us').map(({ kind }) => kind)).toEqual(['environment']);
});

test('each kind of thing is found: systems, overlays, components, images and hosts', () => {
  expect(texts('kafka', 'system')).toEqual(['kafka']);
  expect(texts('dev/shop', 'overlay')).toEqual(['dev/shop']);
  expect(texts('web', 'component')).toEqual(['web']);
  expect(texts('kafka-ui', 'image')).toEqual(['example/kafka-ui:1']);
  expect(texts('shop.dev', 'host')).toEqual(['shop.dev.example']);
});

test('an image of several environments is one thing', () => {
  expect(found('kafka-ui')[0]?.hits[0]?.environments).toEqual([0, 1]);
});

test('of many, about thirty are shown, each kind has its share, and the rest is counted', () => {
  const { groups, count } = findEntries(buildSearchIndex(largeIndex()), 'system-1');
  const shown = groups.reduce((sum, { hits }) => sum + hits.length, 0);
  expect(shown).toBeGreaterThanOrEqual(25);
  expect(shown).toBeLessThanOrEqual(40);
  expect(groups.every(({ hits, count }) => hits.length >= Math.min(5, count))).toBe(true);
  expect(count).toBeGreaterThan(30_000);
});

test('nothing typed finds nothing', () => {
  expect(findEntries(search, '  ')).toEqual({ groups: [], count: 0 });
});
