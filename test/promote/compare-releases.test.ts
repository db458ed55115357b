import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versionName } from '../../src/language/scalars.ts';
import { compareReleases, nextRelease } from '../../src/promote/compare-releases.ts';
import { settings } from '../support/fast-check-settings.ts';

const number = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 99_999_999 }));
const label = fc.oneof(number.map(String), fc.constantFrom('rc', 'rc1', 'alpha', 'beta', 'A', '0a', 'x-y'));

const version = fc
  .tuple(
    fc.constantFrom('', 'v'),
    fc.array(number, { minLength: 2, maxLength: 3 }),
    fc.oneof(fc.constant([]), fc.array(label, { maxLength: 3 })),
  )
  .map(([prefix, numbers, pre]) => `${prefix}${numbers.join('.')}${pre.length === 0 ? '' : `-${pre.join('.')}`}`);

const name = fc.constantFrom('head', 'nightly', '1', 'v1', '1.0.0.0', '2026-11-21', 'release-1.2.3', '1.x', '1.0.0_1');

describe('compared', () => {
  test('versions stand in the order of semver', () => {
    const inOrder = [
      ...['0.1', '0.1.1', '0.2.0', '0.10.0', '1.0.0-0', '1.0.0-2', '1.0.0-10', '1.0.0-alpha', '1.0.0-alpha.1'],
      ...['1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', 'v1.0.1', '10.0.0'],
    ];
    for (const [index, one] of inOrder.entries())
      for (const [other, later] of inOrder.entries())
        expect(compareReleases(one, later), `${one} and ${later}`).toBe(Math.sign(index - other));
  });

  test.each([
    ['1.0', '1.0.0'],
    ['v1.0.0', '1.0.0'],
    ['v1.0-rc.1', '1.0.0-rc.1'],
  ])('%s is the same as %s', (one, other) => {
    expect(compareReleases(one, other)).toBe(0);
  });

  test('names that are no versions have no order, and are what they are', () => {
    const property = fc.property(name, fc.oneof(name, version), (one, other) => {
      expect(compareReleases(one, other)).toBe(one === other ? 0 : undefined);
      expect(compareReleases(other, one)).toBe(one === other ? 0 : undefined);
    });
    fc.assert(property, settings(100));
  });

  test('either way round it is the same', () => {
    const property = fc.property(version, version, (one, other) => {
      const [there, back] = [compareReleases(one, other) as number, compareReleases(other, one) as number];
      expect(there + back).toBe(0);
      expect(compareReleases(one, one)).toBe(0);
    });
    fc.assert(property, settings(500));
  });

  test('what follows on what follows, follows', () => {
    const property = fc.property(fc.array(version, { minLength: 3, maxLength: 3 }), (versions) => {
      const [first, second, third] = versions.sort((one, other) => compareReleases(one, other) as number) as [
        string,
        string,
        string,
      ];
      const [near, far] = [compareReleases(first, second) as number, compareReleases(second, third) as number];
      expect(compareReleases(first, third)).toBe(Math.min(near, far));
    });
    fc.assert(property, settings(1000));
  });
});

describe('the next version', () => {
  test.each([
    [[], '0.1.0'],
    [['nightly'], '0.1.0'],
    [['1.0.0'], '1.0.1'],
    [['1.0.9', '1.0.10', 'nightly'], '1.0.11'],
    [['v2.3'], 'v2.3.1'],
    [['1.0.0', '2.0.0-rc.2'], '2.0.0'],
    [['2.0.0', '2.0.0-rc.2'], '2.0.1'],
  ])('after %j is %s', (known, next) => {
    expect(nextRelease(known)).toBe(next);
  });

  test('comes after all, and is a name that a release can have', () => {
    const property = fc.property(fc.array(fc.oneof(version, name), { maxLength: 6 }), (known) => {
      const next = nextRelease(known);
      expect(versionName.safeParse(next).success).toBe(true);
      for (const one of known) expect(compareReleases(next, one) ?? 1, `${next} after ${one}`).toBe(1);
    });
    fc.assert(property, settings(300));
  });
});
