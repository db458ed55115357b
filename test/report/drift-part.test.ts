import { expect, test } from 'vitest';
import { driftPart } from '../../src/report/drift-part.ts';
import { accept, difference, missing } from '../drift/ledger-of.ts';
import { runAt } from './drift-runs.ts';

const now = new Date('2026-11-21T12:00:00Z');
const days = ['2026-11-17T06:00:00.000Z', '2026-11-18T06:00:00.000Z', '2026-11-19T06:00:00.000Z', '2026-11-20T06:00:00.000Z'];
const [first, second, third, fourth] = days as [string, string, string, string];

const scaled = difference();
const dark = { unseen: [{ cluster: 'prod-eu', what: 'statefulsets', why: 'the API server answered 403' }] };

test('runs are put in the order of time, whatever order they are given in', () => {
  const { runs } = driftPart([runAt(third, []), runAt(first, [scaled]), runAt(second, [])], now);
  expect(runs.map(({ at }) => at)).toEqual([first, second, third]);
  expect(runs[0]?.clusters['prod-eu']).toEqual({ new: 1, expired: 0, accepted: 0, unseen: 0 });
});

test('a run that is given twice counts once', () => {
  expect(driftPart([runAt(first, [scaled]), runAt(first, [scaled])], now).runs).toHaveLength(1);
});

test('of each cluster the last run counts that looked at it', () => {
  const elsewhere = missing('web', { cluster: 'dev', overlay: 'dev/shop' });
  const ofProd = runAt(second, [scaled]);
  const ofDev = { ...runAt(third, [elsewhere]), clusters: ['dev'] };
  const { entries } = driftPart([runAt(first, []), ofProd, ofDev], now);
  expect(entries.map(({ cluster, id }) => [cluster, id])).toEqual([
    ['dev', elsewhere.id],
    ['prod-eu', scaled.id],
  ]);
});

test('what is gone in the last run is no entry, and starts anew when it comes again', () => {
  expect(driftPart([runAt(first, [scaled]), runAt(second, [])], now).entries).toEqual([]);
  const again = driftPart([runAt(first, [scaled]), runAt(second, []), runAt(third, [scaled]), runAt(fourth, [scaled])], now);
  expect(again.entries.map((entry) => entry.first)).toEqual([third]);
});

test('a run that could not see all of a cluster does not end a series', () => {
  const { entries } = driftPart([runAt(first, [scaled]), runAt(second, [], [], dark), runAt(third, [scaled])], now);
  expect(entries.map((entry) => entry.first)).toEqual([first]);
});

test('a run of another cluster does not end a series', () => {
  const ofDev = { ...runAt(second, []), clusters: ['dev'] };
  expect(driftPart([runAt(first, [scaled]), ofDev, runAt(third, [scaled])], now).entries[0]?.first).toBe(first);
});

test('what the last runs could not see is told, with what to do, and what an earlier one could not is not', () => {
  const hint = 'give the account `list`';
  const holes = [{ cluster: 'prod-eu', what: 'pods', why: 'no', hint }];
  const { unseen } = driftPart([runAt(first, [], [], dark), runAt(second, [], [], { unseen: holes })], now);
  expect(unseen).toEqual([{ cluster: 'prod-eu', what: 'pods', why: 'no', hint }]);
});

test('what belongs to no cluster that was looked at is told once, and counts for each', () => {
  const run = { ...runAt(first, []), clusters: ['dev', 'prod-eu'] };
  const { unseen, runs } = driftPart([{ ...run, unseen: [{ cluster: '', what: 'the repository', why: 'no' }] }], now);
  expect(unseen).toHaveLength(1);
  expect(Object.values(runs[0]?.clusters ?? {}).map((counts) => counts.unseen)).toEqual([1, 1]);
});

test('an acceptance is over when its day is, although the run took it for one', () => {
  const run = runAt(first, [scaled], [accept(scaled, { until: '2026-11-20' })]);
  const standingAt = (time: string) => driftPart([run], new Date(time)).entries[0]?.standing;
  expect(standingAt('2026-11-20T23:59:59Z')).toBe('accepted');
  expect(standingAt('2026-11-21T00:00:00Z')).toBe('expired');
});

test('a difference that is something else than what was accepted stays new', () => {
  const run = runAt(first, [scaled], [accept(scaled, { until: '2026-11-18', digest: '0123456789abcdef' })]);
  const [entry] = driftPart([run], now).entries;
  expect(entry).toMatchObject({ standing: 'new', accepted: { until: '2026-11-18' } });
});

test('what is concealed is not in it, even where a file has it', () => {
  const run = runAt(first, [scaled]);
  const [written] = run.differences;
  const leak = { ...run, differences: [{ ...(written as object), concealed: true, declared: 'was', live: 'is' }] };
  const [entry] = driftPart([leak as typeof run], now).entries;
  expect(entry).toMatchObject({ concealed: true });
  expect(entry).not.toHaveProperty('declared');
  expect(entry).not.toHaveProperty('live');
});

test('a value that looks like a secret is concealed, whatever the file says of it', () => {
  const field = 'spec.template.spec.containers[web].env[DB_PASSWORD].value';
  const [entry] = driftPart([runAt(first, [difference({ field, declared: 'Tr0ub4dor', live: 'Tr0ub4dor3' })])], now).entries;
  expect(entry).toMatchObject({ concealed: true });
  expect(JSON.stringify(entry)).not.toContain('Tr0ub');
});

test('a cluster may be called as something that every object has', () => {
  const odd = difference({ cluster: '__proto__' });
  const { runs, entries } = driftPart([{ ...runAt(first, [odd]), clusters: ['__proto__'] }], now);
  expect(Object.entries(runs[0]?.clusters ?? {})).toEqual([['__proto__', { new: 1, expired: 0, accepted: 0, unseen: 0 }]]);
  expect(entries).toHaveLength(1);
});
