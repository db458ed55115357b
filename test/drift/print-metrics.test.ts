import { expect, test } from 'vitest';
import { printMetrics } from '../../src/drift/print-metrics.ts';
import { accept, difference, ledgerOf, missing } from './ledger-of.ts';
import { sampleLedger } from './sample-ledger.ts';

const sampleOf = (text: string, series: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.split(' ')
    .at(-1);

test('the metrics of a run', async () => {
  await expect(printMetrics(sampleLedger)).toMatchFileSnapshot('printed/ledger.prom');
});

test('differences are counted by what they are and how they stand, zeros included', () => {
  const text = printMetrics(ledgerOf([difference(), missing('a'), missing('b')], [accept(difference())]));
  const series = (what: string, standing: string) =>
    sampleOf(text, `stowage_drift_differences{cluster="prod-eu",between="cluster",what="${what}",standing="${standing}"}`);
  expect(series('missing', 'new')).toBe('2');
  expect(series('changed', 'new')).toBe('0');
  expect(series('changed', 'accepted')).toBe('1');
});

test('what could not be seen, and when', () => {
  const text = printMetrics(ledgerOf([], [], { unseen: [{ cluster: 'dev', what: 'pods', why: 'forbidden' }] }));
  expect(sampleOf(text, 'stowage_drift_unseen{cluster="dev"}')).toBe('1');
  expect(sampleOf(text, 'stowage_drift_unseen{cluster="prod-eu"}')).toBe('0');
  expect(sampleOf(text, 'stowage_drift_last_run_timestamp_seconds{cluster="dev"}')).toBe('1795240800');
  expect(sampleOf(text, 'stowage_drift_requests{clusters="dev,prod-eu"}')).toBe('14');
});

test('no series comes twice, and no label ends its value', () => {
  const text = printMetrics(ledgerOf([difference({ cluster: 'a"b\\c\nd' })]));
  expect(text).toContain('{cluster="a\\"b\\\\c\\nd",');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of lines) expect(line).toMatch(/^stowage_drift_[a-z_]+\{([a-z]+="([^"\\]|\\["\\n])*",?)+\} \d+$/);
  const series = lines.map((line) => line.slice(0, line.lastIndexOf(' ')));
  expect(new Set(series).size).toBe(series.length);
});
