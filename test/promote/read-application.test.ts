import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statusOfApplication } from '../../src/promote/read-application.ts';
import { settings } from '../support/fast-check-settings.ts';
import { applicationObject, revision } from './application-object.ts';

const read = (status: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  statusOfApplication(applicationObject('dev-shop', status, rest));

test('an Application says what runs, how it is, and since when', () => {
  expect(read()).toEqual({
    application: 'dev-shop',
    sync: 'Synced',
    health: 'Healthy',
    revision: revision('b'),
    operation: 'succeeded',
    healthSince: '2026-03-10T10:05:00Z',
    history: [
      { revision: revision('b'), deployedAt: '2026-03-10T10:04:00Z' },
      { revision: revision('a'), deployedAt: '2026-03-09T08:00:00Z' },
    ],
  });
});

test('the API of Argo CD leaves out what kind of object it is', () => {
  expect(read({}, { apiVersion: undefined, kind: undefined })).toEqual(read());
});

test('with several sources the first counts', () => {
  const revisions = [revision('c'), revision('d')];
  const several = read({
    sync: { status: 'Synced', revision: '', revisions },
    history: [{ revision: '', revisions, deployedAt: '2026-03-10T10:04:00Z' }],
  });
  expect(several).toMatchObject({ revision: revision('c'), history: [{ revision: revision('c') }] });
});

test('before its first sync it has no revision and no history', () => {
  const fresh = read({ sync: { status: 'OutOfSync' }, operationState: undefined, history: undefined });
  expect(fresh).toMatchObject({ sync: 'OutOfSync', revision: undefined, operation: 'none', history: [] });
});

test('other times are not taken for the time since which it is healthy', () => {
  expect(read({ health: { status: 'Healthy' } })).toMatchObject({ health: 'Healthy', healthSince: undefined });
});

test.each([
  ['Running', 'running'],
  ['Terminating', 'running'],
  ['Failed', 'failed'],
  ['Error', 'failed'],
  ['Succeeded', 'succeeded'],
])('an operation that is %s', (phase, operation) => {
  expect(read({ operationState: { phase } })).toMatchObject({ operation });
});

test('an operation that is asked for and has not begun is running', () => {
  expect(read({}, { operation: { sync: { revision: revision('c') } } })).toMatchObject({ operation: 'running' });
});

describe('is not known', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'cannot be read: Invalid input'],
    ['a text', 'Synced', 'cannot be read: Invalid input'],
    ['a list', [], 'cannot be read: Invalid input'],
    ['another kind', applicationObject('dev-shop', {}, { kind: 'AppProject' }), 'kind: '],
    ['another version', applicationObject('dev-shop', {}, { apiVersion: 'argoproj.io/v1' }), 'apiVersion: '],
    ['without a name', applicationObject('', {}), 'metadata.name: '],
    ['with a name that is no text', { metadata: { name: 7 } }, 'metadata.name: '],
    [
      'being deleted',
      applicationObject('dev-shop', {}, { metadata: { name: 'dev-shop', deletionTimestamp: 'x' } }),
      'is being deleted',
    ],
    ['without status', { metadata: { name: 'dev-shop' } }, 'has no sync status'],
    ['without health', applicationObject('dev-shop', { health: undefined }), 'has no health status'],
    ['with health that is a text', applicationObject('dev-shop', { health: 'Healthy' }), 'status.health: '],
    ['with sync that is a number', applicationObject('dev-shop', { sync: { status: 1 } }), 'status.sync.status: '],
    [
      'with what a terminal acts upon',
      applicationObject('dev-shop', { sync: { status: '\x1b[2JSynced' } }),
      'status.sync.status: must be one word',
    ],
    [
      'with a revision that is a list',
      applicationObject('dev-shop', { sync: { status: 'Synced', revision: [] } }),
      'status.sync.revision: ',
    ],
    [
      'with an unknown phase',
      applicationObject('dev-shop', { operationState: { phase: 'Done' } }),
      'status.operationState.phase: ',
    ],
    ['with history that is no list', applicationObject('dev-shop', { history: {} }), 'status.history: '],
    [
      'with history without revisions',
      applicationObject('dev-shop', { history: [{ deployedAt: '2026-03-10T10:04:00Z' }] }),
      'status.history.0: has no revision',
    ],
    [
      'with history without times',
      applicationObject('dev-shop', { history: [{ revision: 'x', deployedAt: null }] }),
      'status.history.0.deployedAt: ',
    ],
    [
      'with a day that is none',
      applicationObject('dev-shop', { health: { status: 'Healthy', lastTransitionTime: '2026-02-30T10:00:00Z' } }),
      'must be a time',
    ],
    [
      'with a time in no zone',
      applicationObject('dev-shop', { health: { status: 'Healthy', lastTransitionTime: '2026-02-03T10:00:00' } }),
      'must be a time',
    ],
  ])('%s', (_, object, words) => {
    expect(statusOfApplication(object)).toEqual({ unknown: expect.stringContaining(words) });
  });
});

/** One of the places in an object, given something else. */
function replaceAt(object: unknown, steps: readonly number[], by: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof object !== 'object' || object === null || Object.keys(object).length === 0) return by;
  const keys = Object.keys(object);
  const key = keys[step % keys.length] ?? '';
  const inner = replaceAt((object as Record<string, unknown>)[key], rest, by);
  if (Array.isArray(object)) return object.map((item, index) => (String(index) === key ? inner : item));
  return { ...object, [key]: inner };
}

test('whatever comes, it is a status that is whole, or words', () => {
  const damaged = fc
    .tuple(fc.array(fc.nat(20), { maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }))
    .map(([steps, by]) => replaceAt(applicationObject('dev-shop'), steps, by));
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), damaged), (object) => {
      const status = statusOfApplication(object);
      if ('unknown' in status) {
        expect(status.unknown).toMatch(/^\S.*\S$/);
        return;
      }
      for (const text of [status.application, status.sync, status.health, status.revision ?? 'none'])
        expect(text).toMatch(/^[\x21-\x7e]+$/);
      for (const { revision, deployedAt } of status.history) {
        expect(revision).toMatch(/^[\x21-\x7e]+$/);
        expect(Date.parse(deployedAt)).not.toBeNaN();
      }
      if (status.healthSince !== undefined) expect(Date.parse(status.healthSince)).not.toBeNaN();
      expect(['none', 'running', 'failed', 'succeeded']).toContain(status.operation);
    }),
    settings(2000),
  );
});
