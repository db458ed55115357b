import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactQuantity, readableQuantity } from '../../src/footprint/format-quantity.ts';
import { parseQuantity } from '../../src/footprint/quantity.ts';
import { settings } from '../support/fast-check-settings.ts';

describe('a quantity is read exactly', () => {
  test.each([
    ['1', 1000n],
    ['0', 0n],
    ['100m', 100n],
    ['1.5', 1500n],
    ['.5', 500n],
    ['2.', 2000n],
    ['+1', 1000n],
    ['-1', -1000n],
    ['1k', 1_000_000n],
    ['1Ki', 1_024_000n],
    ['0.5Gi', 536_870_912_000n],
    ['1.25Mi', 1_310_720_000n],
    ['20Ti', 20n * 1024n ** 4n * 1000n],
    ['1E', 10n ** 21n],
    ['1Ei', 2n ** 60n * 1000n],
    ['1e3', 1_000_000n],
    ['1E3', 1_000_000n],
    ['1e-3', 1n],
    ['12e+2', 1_200_000n],
    [0.1, 100n],
    [4, 4000n],
    [1e21, (2n ** 63n - 1n) * 1000n],
  ])('%s', (written, thousandths) => {
    expect(parseQuantity(written)).toBe(thousandths);
  });

  test.each([
    ['1u', 1n],
    ['1001u', 2n],
    ['1n', 1n],
    ['0n', 0n],
    ['0.0001', 1n],
    ['1.0001', 1001n],
    ['1e-9999999', 1n],
    [`1.${'0'.repeat(100)}1`, 1001n],
    [`1.${'0'.repeat(100)}`, 1000n],
  ])('%s is finer than a thousandth and rounded up', (written, thousandths) => {
    expect(parseQuantity(written)).toBe(thousandths);
  });

  test.each(['9e99', '1e9999999999', '9'.repeat(500_000), '100E'])('%.12s is as much as Kubernetes can say', (written) => {
    expect(parseQuantity(written)).toBe((2n ** 63n - 1n) * 1000n);
  });

  test.each([
    '',
    '.',
    'm',
    '1x',
    '1 Gi',
    '1ki',
    '1K',
    '1mi',
    '1e',
    '1e1.5',
    '0x10',
    '١',
    '1\n',
    null,
    undefined,
    true,
    {},
    Number.NaN,
  ])('%j is none', (written) => {
    expect(parseQuantity(written)).toBeUndefined();
  });
});

const suffixes: Readonly<Record<string, readonly [bigint, bigint]>> = {
  n: [1n, 10n ** 9n],
  u: [1n, 10n ** 6n],
  m: [1n, 1000n],
  '': [1n, 1n],
  k: [1000n, 1n],
  Ki: [1024n, 1n],
  M: [10n ** 6n, 1n],
  Mi: [1024n ** 2n, 1n],
  G: [10n ** 9n, 1n],
  Gi: [1024n ** 3n, 1n],
  T: [10n ** 12n, 1n],
  Ti: [1024n ** 4n, 1n],
  e2: [100n, 1n],
  'E+4': [10n ** 4n, 1n],
  'e-5': [1n, 10n ** 5n],
};

test('whatever its form, it is the fraction that it says, in thousandths, rounded up', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 6n }),
      fc.stringMatching(/^\d{0,6}$/),
      fc.constantFrom(...Object.keys(suffixes)),
      (whole, fraction, suffix) => {
        const [times, by] = suffixes[suffix] as readonly [bigint, bigint];
        const numerator = BigInt(`${whole}${fraction}`) * times * 1000n;
        const denominator = 10n ** BigInt(fraction.length) * by;
        const parsed = parseQuantity(`${whole}.${fraction}${suffix}`) as bigint;
        // The least number of thousandths that is not below the fraction.
        expect(parsed * denominator >= numerator && (parsed - 1n) * denominator < numerator).toBe(true);
      },
    ),
    settings(2000),
  );
});

test('what is written is what was read, and nothing shorter says it', () => {
  const resource = fc.constantFrom('cpu', 'memory', 'storage', 'nvidia.com/gpu');
  const amount = fc.oneof(
    fc.bigInt({ min: 0n, max: 10n ** 18n }),
    fc.tuple(fc.nat(5000), fc.nat(5)).map(([count, power]) => BigInt(count) * 1024n ** BigInt(power) * 1000n),
  );
  fc.assert(
    fc.property(resource, amount, (name, thousandths) => {
      expect(parseQuantity(exactQuantity(name, thousandths))).toBe(thousandths);
    }),
    settings(2000),
  );
  expect(exactQuantity('memory', 1_073_741_824_000n)).toBe('1Gi');
  expect(exactQuantity('cpu', 2000n)).toBe('2');
});

test('a person reads never less than there is, and hardly more', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 18n });
  fc.assert(
    fc.property(amount, (thousandths) => {
      const read = parseQuantity(readableQuantity('memory', thousandths)) as bigint;
      expect(read >= thousandths).toBe(true);
      expect(read - thousandths <= (thousandths > 1024n ** 3n * 1000n ? thousandths / 100n : 1024n ** 2n * 10n)).toBe(true);
    }),
    settings(1000),
  );
});

test.each([
  ['memory', '1536Mi', '1.5Gi'],
  ['memory', '128Mi', '128Mi'],
  ['memory', '1000Mi', '1000Mi'],
  ['memory', '0', '0'],
  ['memory', '1M', '0.96Mi'],
  ['memory', '8589934593', '8.01Gi'],
  ['storage', '2Ti', '2Ti'],
  ['cpu', '3.15', '3150m'],
  ['cpu', '4', '4'],
  ['nvidia.com/gpu', '2', '2'],
])('%s %s is shown as %s', (resource, written, shown) => {
  expect(readableQuantity(resource, parseQuantity(written) as bigint)).toBe(shown);
});
