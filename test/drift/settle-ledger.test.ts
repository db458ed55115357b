import { expect, test } from 'vitest';
import { fails } from '../../src/drift/fails.ts';
import { parseFailOn } from '../../src/drift/parse-fail-on.ts';
import { settleLedger } from '../../src/drift/settle-ledger.ts';
import { accept, baseline, difference, found, ledgerOf, missing, now } from './ledger-of.ts';

const scaled = difference();
const gone = missing('web');

test('a difference that nobody answers for is new, and one that somebody does is accepted', () => {
  expect(ledgerOf([scaled, gone], [accept(scaled)]).entries).toEqual([
    { difference: gone, standing: 'new' },
    { difference: scaled, standing: 'accepted', entry: accept(scaled) },
  ]);
});

test('what is there has changed since it was accepted: it is new, and the entry says what was accepted', () => {
  const entry = accept(difference({ live: 4 }));
  expect(ledgerOf([scaled], [entry]).entries).toEqual([{ difference: scaled, standing: 'new', entry }]);
});

test.each([
  ['2026-12-31T23:59:59.999Z', 'accepted'],
  ['2027-01-01T00:00:00.000Z', 'expired'],
])('an acceptance until the 31st is at %s %s', (at, standing) => {
  expect(ledgerOf([scaled], [accept(scaled)], {}, new Date(at)).entries).toMatchObject([{ standing }]);
});

test('an acceptance is of its own cluster', () => {
  const ledger = settleLedger([found([scaled])], [baseline([accept(scaled)], 'dev')], now, ['dev', 'prod-eu']);
  expect(ledger.entries).toMatchObject([{ standing: 'new' }]);
  expect(ledger.settled).toEqual([{ cluster: 'dev', entry: accept(scaled) }]);
});

test('an entry whose difference is gone is settled', () => {
  expect(ledgerOf([], [accept(scaled)]).settled).toEqual([{ cluster: 'prod-eu', entry: accept(scaled) }]);
});

test.each(['prod-eu', ''])('nothing is settled where something could not be seen (%j)', (cluster) => {
  const unseen = [{ cluster, what: 'services', why: 'forbidden' }];
  const ledger = settleLedger([found([], { unseen })], [baseline([accept(scaled)]), baseline([accept(gone)], 'dev')], now, [
    'prod-eu',
    'dev',
  ]);
  expect(ledger.settled).toEqual(cluster === '' ? [] : [{ cluster: 'dev', entry: accept(gone) }]);
});

test('a run that looked at a part settles nothing of the rest, nor of clusters that were not looked at', () => {
  const baselines = [baseline([accept(scaled), accept(gone)]), baseline([accept(scaled)], 'staging')];
  const { settled } = settleLedger([found([])], baselines, now, ['prod-eu'], (id) => id === gone.id);
  expect(settled).toEqual([{ cluster: 'prod-eu', entry: accept(gone) }]);
});

test('several looks are one ledger: each difference once, in the order of ids, efforts added up', () => {
  const ledger = settleLedger([found([scaled]), found([gone, scaled])], [], now, ['prod-eu', 'dev']);
  expect(ledger.entries.map(({ difference }) => difference.id)).toEqual([gone.id, scaled.id]);
  expect(ledger.clusters).toEqual(['dev', 'prod-eu']);
  expect(ledger.effort).toEqual({ objects: 240, requests: 28, lists: 22, dryRuns: 4 });
  expect(ledger.at).toBe('2026-11-21T06:00:00.000Z');
});

const apart = difference({ between: 'environments', what: 'differs' });
const unpublished = difference({ between: 'repository', what: 'unpublished' });
const all = ledgerOf([scaled, gone, apart, unpublished], [accept(gone)]);
const failing = (...words: string[]) => {
  const failOn = parseFailOn(words);
  if ('problem' in failOn) throw new Error(failOn.problem);
  return fails(all, failOn).map(({ difference }) => difference.id);
};

test('a run fails for what is new between description, repository and cluster', () => {
  expect(failing()).toEqual([scaled.id, unpublished.id]);
  expect(fails(all).map(({ difference }) => difference.id)).toEqual(failing());
});

test('an acceptance that has run out fails a run', () => {
  expect(fails(ledgerOf([scaled], [accept(scaled, { until: '2026-11-20' })]))).toMatchObject([{ standing: 'expired' }]);
});

test.each([
  [['environments'], [apart.id]],
  [
    ['environments', 'cluster'],
    [scaled.id, apart.id],
  ],
  [['accepted'], [gone.id, scaled.id, unpublished.id]],
  [['missing'], []],
  [['missing', 'accepted'], [gone.id]],
  [
    ['unpublished', 'differs'],
    [apart.id, unpublished.id],
  ],
  [['none'], []],
])('--fail-on %s', (words, ids) => {
  expect(failing(...words)).toEqual(ids);
});

test('a word that is none is refused with the nearest', () => {
  expect(parseFailOn(['enviroments'])).toEqual({
    problem: '--fail-on enviroments is none of its words',
    hint: 'did you mean `environments`?',
  });
  expect(parseFailOn(['none', 'cluster'])).toMatchObject({ problem: '--fail-on none goes with no other word' });
});
