import { expect, test } from 'vitest';
import type { Fold, FoldedHazard, ObjectChange } from '../../src/page/change/change-types.ts';
import { filterFolds, filterHazards, filterOf } from '../../src/page/change/filter-changes.ts';
import { groupHazards } from '../../src/page/change/group-hazards.ts';
import { changeFinder, listChanges } from '../../src/page/change/list-changes.ts';
import { pairFields } from '../../src/page/change/pair-fields.ts';
import { takeChanges } from '../../src/page/change/take-changes.ts';

const change = (object: string, more: Partial<ObjectChange> = {}): ObjectChange => ({
  action: 'change',
  object,
  apiVersion: 'v1',
  namespace: 'shop',
  fields: [{ path: 'data.a', action: 'set', before: 1, after: 2 }],
  ...more,
});
const fold = (system: string, environments: readonly string[], ...objects: ObjectChange[]): Fold => ({
  system,
  environments,
  action: 'change',
  objects,
});
const hazard = (object: string, overlays: readonly string[], more: Partial<FoldedHazard> = {}): FoldedHazard => ({
  kind: 'delete',
  object,
  overlays,
  text: 'is no longer declared',
  blocking: true,
  ...more,
});

const folds = [
  fold('shop', ['dev', 'prod'], change('ConfigMap/a'), change('Secret/b')),
  fold('shop', ['staging'], change('ConfigMap/a')),
  fold('bank', ['prod'], change('ConfigMap/a')),
];
const hazards = [hazard('ConfigMap/a', ['prod/shop'])];
const listed = listChanges({ folds, hazards });

test('an address leads to the change of that environment, whichever of its environments it names', () => {
  const find = changeFinder(listed);
  expect(find('prod/shop|ConfigMap/a')).toBe(listed[0]?.changes[0]);
  expect(find('staging/shop|ConfigMap/a')).toBe(listed[1]?.changes[0]);
  expect(find('prod/bank|ConfigMap/a')).toBe(listed[2]?.changes[0]);
  expect(find('staging/bank|ConfigMap/a')).toBeUndefined();
  expect(find('nonsense')).toBeUndefined();
});

test('two objects of one name in two namespaces have addresses of their own', () => {
  const twice = listChanges({
    folds: [fold('shop', ['dev'], change('Role/a', { namespace: 'one' }), change('Role/a', { namespace: 'two' }))],
    hazards: [],
  });
  const [first, second] = twice[0]?.changes ?? [];
  expect(first?.address).not.toBe(second?.address);
  expect(changeFinder(twice)(second?.address as string)).toBe(second);
});

test('a hazard belongs to the object of its own system and environments only', () => {
  expect(listed.map(({ changes }) => changes.map((one) => one.hazards.length))).toEqual([[1, 0], [0], [0]]);
});

test('filters narrow down by environment, system, text and hazards', () => {
  const names = (query: Record<string, string>) =>
    filterFolds(listed, filterOf(query)).map((one) => [one.fold.system, ...one.changes.map((entry) => entry.change.object)]);
  expect(names({ environment: 'staging' })).toEqual([['shop', 'ConfigMap/a']]);
  expect(names({ system: 'bank' })).toEqual([['bank', 'ConfigMap/a']]);
  expect(names({ text: ' SECRET ' })).toEqual([['shop', 'Secret/b']]);
  expect(names({ text: 'data.a', system: 'bank' })).toEqual([['bank', 'ConfigMap/a']]);
  expect(names({ hazards: 'only' })).toEqual([['shop', 'ConfigMap/a']]);
  expect(filterHazards(hazards, filterOf({ environment: 'prod', system: 'bank' }))).toEqual([]);
  expect(filterHazards(hazards, filterOf({ environment: 'prod', system: 'shop' }))).toEqual(hazards);
});

test('objects that the same happens to in the same places are one group', () => {
  const groups = groupHazards([
    hazard('CronJob/a', ['eu/shop', 'us/shop']),
    hazard('Claim/a', ['eu/shop', 'us/shop']),
    hazard('CronJob/b', ['eu/shop', 'us/shop']),
    hazard('CronJob/c', ['eu/shop']),
    hazard('Claim/a', ['eu/shop', 'us/shop'], { kind: 'volume', text: 'its volume goes' }),
  ]);
  expect(groups.map(({ objects, dangers }) => [objects, dangers.map(({ kind }) => kind)])).toEqual([
    [['CronJob/a', 'CronJob/b'], ['delete']],
    [['Claim/a'], ['delete', 'volume']],
    [['CronJob/c'], ['delete']],
  ]);
});

test('what goes and what comes at the same place is one change; a secret is not told more of', () => {
  expect(
    pairFields([
      { path: 'a[0]', action: 'remove', before: 1 },
      { path: 'a[0]', action: 'add', after: 2, because: ['x:1'] },
      { path: 'b', action: 'remove', before: 1 },
      { path: 'c', action: 'add', after: 2 },
      { path: 'c', action: 'secret', what: 'new value' },
    ]),
  ).toEqual([
    { path: 'a[0]', action: 'set', before: 1, after: 2, because: ['x:1'] },
    { path: 'b', action: 'remove', before: 1 },
    { path: 'c', action: 'add', after: 2 },
    { path: 'c', action: 'secret', what: 'new value' },
  ]);
});

test('the first so many are shown, and always the one that an address leads to', () => {
  const last = listed[2]?.changes[0];
  expect(takeChanges(listed, 1, undefined)).toMatchObject({ rest: 3, has: false });
  expect(takeChanges(listed, 1, undefined).shown.map(({ changes }) => changes.length)).toEqual([1]);
  expect(takeChanges(listed, 1, last)).toMatchObject({ rest: 0, has: true });
});
