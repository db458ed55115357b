import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeploymentStatus, UnknownStatus } from '../../src/promote/deployment-status.ts';
import { durationInWords, durationToMilliseconds } from '../../src/promote/duration.ts';
import { healthGates } from '../../src/promote/health-gate.ts';
import { settings } from '../support/fast-check-settings.ts';
import { revision } from './application-object.ts';

const now = new Date('2026-03-10T12:00:00Z');
const ago = (text: string) => new Date(now.getTime() - durationToMilliseconds(text)).toISOString();
const wanted = revision('b');

const well: DeploymentStatus = {
  application: 'dev-shop',
  sync: 'Synced',
  health: 'Healthy',
  revision: wanted,
  operation: 'succeeded',
  healthSince: ago('3h'),
  history: [
    { revision: wanted, deployedAt: ago('4h') },
    { revision: revision('a'), deployedAt: ago('2d') },
  ],
};

/** Commits c hold the same as b; of d nobody can tell. */
function isPromoted(asked: string): boolean | undefined {
  return asked === revision('d') ? undefined : asked === wanted || asked === revision('c');
}

const gates = (changes: Partial<DeploymentStatus>, soak?: string) =>
  healthGates({ status: { ...well, ...changes }, isPromoted, soak, now });
const soaked = (changes: Partial<DeploymentStatus>, soak: string) => gates(changes, soak)[1];

describe('without a status', () => {
  const unasked = (soak: string | undefined) => healthGates({ status: undefined, isPromoted, soak, now });

  test('there is no gate where nobody asks for one', () => expect(unasked(undefined)).toEqual([]));

  test('a soak that is asked for is unknown, and how to ask is told', () => {
    expect(unasked('2h')).toEqual([
      { kind: 'soak', state: 'unknown', text: expect.stringMatching(/2h is asked for.*argocd in cluster\.yaml.*--status-file/) },
    ]);
  });

  test.each([undefined, '2h'])('that could be read, its words are the gate', (soak) => {
    const status: UnknownStatus = { unknown: 'cannot reach https://argocd.example.com: ECONNREFUSED' };
    expect(healthGates({ status, isPromoted, soak, now })).toEqual([{ kind: 'health', state: 'unknown', text: status.unknown }]);
  });
});

describe('health', () => {
  test('is open for what is Synced and Healthy at the revision', () => {
    expect(gates({})).toEqual([{ kind: 'health', state: 'open', text: 'dev-shop is Synced and Healthy at bbbbbbb' }]);
    expect(gates({ operation: 'none', revision: revision('c') })).toMatchObject([{ state: 'open' }]);
  });

  test.each<[Partial<DeploymentStatus>, string]>([
    [{ sync: 'OutOfSync' }, 'dev-shop is OutOfSync'],
    [{ sync: 'Unknown' }, 'dev-shop is Unknown'],
    [{ health: 'Progressing' }, 'dev-shop is Progressing'],
    [{ health: 'Degraded' }, 'dev-shop is Degraded'],
    [{ health: 'Suspended' }, 'dev-shop is Suspended'],
    [{ health: 'Missing', sync: 'OutOfSync' }, 'dev-shop is OutOfSync, is Missing'],
    [{ operation: 'running' }, 'dev-shop is being synced'],
    [{ operation: 'failed' }, 'dev-shop failed its last sync'],
    [{ revision: revision('a') }, 'dev-shop is at aaaaaaa, which is not what is to be promoted'],
    [{ revision: undefined }, 'dev-shop was never synced'],
    [{ revision: revision('d'), health: 'Degraded' }, 'dev-shop is Degraded'],
  ])('waits: %o', (changes, text) => {
    expect(gates(changes, '2h')).toEqual([{ kind: 'health', state: 'waiting', text }]);
  });

  test('is unknown where nobody can tell what a revision holds', () => {
    expect(gates({ revision: revision('d') }, '2h')).toEqual([
      { kind: 'health', state: 'unknown', text: expect.stringContaining('cannot tell whether ddddddd') },
    ]);
  });

  test('from a file says how old it is', () => {
    expect(gates({ asOf: ago('20m') })).toMatchObject([{ state: 'open', text: expect.stringMatching(/, as of 20m ago$/) }]);
  });
});

describe('soak', () => {
  test('counts from when it got healthy', () => {
    expect(soaked({}, '3h')).toEqual({ kind: 'soak', state: 'open', text: 'healthy for 3h, 3h are asked for' });
    expect(soaked({ healthSince: ago('12m') }, '2h')).toEqual({
      kind: 'soak',
      state: 'waiting',
      text: 'healthy for 12m, 2h are asked for',
      until: '2026-03-10T13:48:00.000Z',
    });
  });

  test('counts from when it was deployed, where that was later or nothing else is known', () => {
    expect(soaked({ healthSince: ago('5d') }, '5h')).toMatchObject({ state: 'waiting', until: '2026-03-10T13:00:00.000Z' });
    expect(soaked({ healthSince: undefined }, '4h')).toMatchObject({ state: 'open', text: 'deployed for 4h, 4h are asked for' });
    expect(soaked({ healthSince: undefined }, '5h')).toMatchObject({ state: 'waiting' });
  });

  test('counts what holds the same as one, back to the first that does not', () => {
    const entry = (digit: string, time: string) => ({ revision: revision(digit), deployedAt: ago(time) });
    const since = (...history: DeploymentStatus['history']) => soaked({ healthSince: undefined, history }, '1d')?.text;
    expect(since(entry('b', '1h'), entry('c', '6h'), entry('a', '9h'))).toContain('deployed for 6h');
    expect(since(entry('b', '1h'), entry('a', '6h'), entry('b', '9h'))).toContain('deployed for 1h');
    expect(since(entry('b', '1h'), entry('d', '6h'), entry('b', '9h'))).toContain('deployed for 1h');
    expect(since(entry('b', '1h'), entry('c', '6h'))).toContain('deployed for 6h');
  });

  test('is unknown where Argo CD does not say since when', () => {
    expect(soaked({ healthSince: undefined, history: [] }, '2h')).toMatchObject({
      state: 'unknown',
      text: 'Argo CD does not say since when dev-shop is healthy, 2h are asked for',
    });
    expect(soaked({ history: [] }, '2h')).toMatchObject({ state: 'open' });
  });

  test('is unknown where the last sync was of something else, however healthy it is', () => {
    const history = [{ revision: revision('a'), deployedAt: ago('1d') }];
    expect(soaked({ history }, '2h')).toMatchObject({ state: 'unknown', text: expect.stringContaining('is of aaaaaaa') });
  });

  test.each(['0m', '1m', '2h'])('of %s is not over by a time that is yet to come', (soak) => {
    const later = new Date(now.getTime() + 1000).toISOString();
    const waits = { state: 'waiting', text: expect.stringContaining('which is not yet: do the clocks agree?') };
    expect(soaked({ healthSince: later }, soak)).toMatchObject(waits);
    expect(soaked({ history: [{ revision: wanted, deployedAt: later }] }, soak)).toMatchObject(waits);
  });

  test('is over at the moment, not before', () => {
    const healthSince = ago('2h');
    const at = (time: number) =>
      healthGates({ status: { ...well, healthSince }, isPromoted, soak: '2h', now: new Date(time) })[1];
    expect(at(now.getTime())?.state).toBe('open');
    expect(at(now.getTime() - 1)?.state).toBe('waiting');
  });

  test('by a file counts up to when it was written: what became of it since is not known', () => {
    expect(soaked({ asOf: ago('1h') }, '2h')).toMatchObject({ state: 'open', text: 'healthy for 2h, 2h are asked for' });
    const waits = soaked({ asOf: ago('1h') }, '3h');
    expect(waits).toMatchObject({ state: 'waiting', text: expect.stringContaining('give a newer one') });
    expect(waits).not.toHaveProperty('until');
  });

  test.each(['soon', '', '2', '2h ', '-2h'])('of `%s`, which is no duration, is never over', (soak) => {
    expect(soaked({}, soak)).toMatchObject({ state: 'waiting' });
  });
});

test('waiting ends at the moment that is told', () => {
  const minutes = fc.integer({ min: 0, max: 5000 });
  fc.assert(
    fc.property(minutes, minutes, minutes, (healthy, deployed, soak) => {
      const history = [{ revision: wanted, deployedAt: ago(`${deployed}m`) }];
      const status = { ...well, healthSince: ago(`${healthy}m`), history };
      const at = (moment: Date) => healthGates({ status, isPromoted, soak: `${soak}m`, now: moment })[1];
      const gate = at(now);
      expect(gate?.state).toBe(Math.min(healthy, deployed) >= soak ? 'open' : 'waiting');
      if (gate?.until === undefined) return;
      expect(at(new Date(gate.until))?.state).toBe('open');
      expect(at(new Date(Date.parse(gate.until) - 1))?.state).toBe('waiting');
    }),
    settings(300),
  );
});

test.each([
  ['30m', 1_800_000, '30m'],
  ['2h', 7_200_000, '2h'],
  ['1d12h', 129_600_000, '1d12h'],
  ['90m', 5_400_000, '1h30m'],
  ['25h5m', 90_300_000, '1d1h'],
  ['0m', 0, '0s'],
])('%s is a duration', (text, milliseconds, words) => {
  expect(durationToMilliseconds(text)).toBe(milliseconds);
  expect(durationInWords(milliseconds)).toBe(words);
});

test.each([
  [45_999, '45s'],
  [60_000, '1m'],
  [119_000, '1m'],
  [86_400_000 + 60_000, '1d'],
  [-5000, '0s'],
])('%d milliseconds are %s', (milliseconds, words) => expect(durationInWords(milliseconds)).toBe(words));
