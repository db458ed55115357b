import { expect, test } from 'vitest';
import { choicesOf, chosenEntries, filterOf, findable } from '../../src/page/drift/drift-filter.ts';
import { groupEntries } from '../../src/page/drift/group-entries.ts';
import { placeFinder } from '../../src/page/drift/object-place.ts';
import { driftEntry } from './drift-entry.ts';

const scaled = driftEntry();
const shell = driftEntry({ id: 'b', cluster: 'dev', overlay: null, object: 'Pod/debug-shell', what: 'foreign', field: null });
const load = driftEntry({
  id: 'c',
  cluster: 'dev',
  overlay: 'dev/flts',
  object: 'Deployment/locust-worker',
  standing: 'accepted',
  accepted: { reason: 'Load test', owner: 'ana', until: '2026-12-01' },
});
const late = driftEntry({
  id: 'd',
  cluster: 'dev',
  overlay: 'dev/flts',
  object: 'Deployment/locust-worker',
  standing: 'expired',
});
const all = [load, shell, scaled, late];

const chosen = (query: Record<string, string>) => chosenEntries(findable(all), filterOf(query)).map(({ id }) => id);

test('without a filter all are chosen', () => {
  expect(chosen({})).toEqual(all.map(({ id }) => id));
});

test('what is chosen must be true all at once', () => {
  expect(chosen({ cluster: 'dev' })).toEqual(['c', 'b', 'd']);
  expect(chosen({ cluster: 'dev', standing: 'expired' })).toEqual(['d']);
  expect(chosen({ cluster: 'prod-eu', what: 'foreign' })).toEqual([]);
  expect(chosen({ between: 'environments' })).toEqual([]);
});

test('each word of a text is looked for, in names, owners and reasons, whatever its case', () => {
  expect(chosen({ text: 'TABLET  replicas' })).toEqual([scaled.id]);
  expect(chosen({ text: 'ana load' })).toEqual(['c']);
  expect(chosen({ text: 'ana tablet nothing' })).toEqual([]);
});

test('what is chosen can still be chosen when there is none of it any more', () => {
  expect(choicesOf(all, 'what', '')).toEqual(['changed', 'foreign']);
  expect(choicesOf(all, 'what', 'stuck')).toEqual(['changed', 'foreign', 'stuck']);
});

test('differences come by cluster and overlay: what nobody answers for first, what belongs to no system last', () => {
  const groups = groupEntries(all).map(({ cluster, overlays }) => [
    cluster,
    overlays.map(({ overlay, entries }) => [overlay, entries.map(({ id }) => id)]),
  ]);
  expect(groups).toEqual([
    [
      'dev',
      [
        ['dev/flts', ['d', 'c']],
        [null, ['b']],
      ],
    ],
    ['prod-eu', [['prod-eu/fluss', [scaled.id]]]],
  ]);
});

test('an object leads to its page where the report has it, a ConfigMap by its name without the hash', () => {
  const load = { pods: { minimum: 0, maximum: 0 }, minimum: [], maximum: [], allowed: [] };
  const environment = { cluster: 'c', stage: '', protected: false, wave: null, file: '', load };
  const find = placeFinder({
    environments: [
      { name: 'dev', ...environment },
      { name: 'prod-eu', ...environment },
    ],
    objects: [
      { system: 'fluss', object: 'StatefulSet/tablet-server', component: null, environments: [1] },
      { system: 'fluss', object: 'ConfigMap/conf', component: null, environments: [0, 1] },
    ],
  });
  expect(find(scaled)).toEqual(['prod-eu', 'fluss', 'StatefulSet/tablet-server']);
  expect(find({ overlay: 'dev/fluss', object: 'StatefulSet/tablet-server' })).toBeUndefined();
  expect(find({ overlay: 'dev/fluss', object: 'ConfigMap/conf-9b7g79f2t8' })).toEqual(['dev', 'fluss', 'ConfigMap/conf']);
  expect(find({ overlay: 'dev/fluss', object: 'Secret/conf-9b7g79f2t8' })).toBeUndefined();
  expect(find({ overlay: null, object: 'StatefulSet/tablet-server' })).toBeUndefined();
});
