import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { printMetrics } from '../../src/drift/print-metrics.ts';
import { difference, ledgerOf } from '../drift/ledger-of.ts';
import { sampleLedger } from '../drift/sample-ledger.ts';

test.each([
  ['of a run', sampleLedger],
  ['with a label that holds all that must be escaped', ledgerOf([difference({ cluster: 'a"b\\c\nd' })])],
])('promtool reads the metrics %s, and finds nothing to say about them', (_, ledger) => {
  const { error, status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: printMetrics(ledger),
    encoding: 'utf8',
  });
  if (error !== undefined) throw new Error(`promtool does not start (apt-get install prometheus): ${error.message}`);
  expect({ status, out: `${stdout}${stderr}` }).toEqual({ status: 0, out: '' });
});
