import { expect, test } from 'vitest';
import { fails } from '../../src/drift/fails.ts';
import { printSarif } from '../../src/drift/print-sarif.ts';
import { accept, difference, ledgerOf } from './ledger-of.ts';
import { sampleLedger } from './sample-ledger.ts';
import { sarifShape } from './sarif-shape.ts';

const version = '1.0.0';

function run(ledger = sampleLedger, prefix?: string) {
  const text = printSarif(ledger, { version, failing: fails(ledger), ...(prefix !== undefined && { prefix }) });
  const [first] = sarifShape.parse(JSON.parse(text)).runs;
  if (first === undefined) throw new Error('there is no run');
  return first;
}

test('a run has the shape of the standard', async () => {
  const { tool, results } = run();
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(results).toHaveLength(sampleLedger.entries.length);
  await expect(printSarif(sampleLedger, { version, failing: fails(sampleLedger) })).toMatchFileSnapshot('printed/ledger.sarif');
});

test('a result lies where the description says otherwise, the first line first', () => {
  const { results } = run(
    ledgerOf([difference({ because: ['systems/fluss/system.yaml:31', 'clusters/a b/x.yaml:2:7'] })]),
    'fleet/',
  );
  expect(results[0]?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'fleet/systems/fluss/system.yaml' },
    region: { startLine: 31 },
  });
  expect(results[0]?.relatedLocations?.[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'fleet/clusters/a%20b/x.yaml' },
    region: { startLine: 2 },
  });
});

test('what no line speaks of lies in the file where it could be accepted', () => {
  const [result] = run(ledgerOf([difference({ because: [] })])).results;
  expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('drift/prod-eu.yaml');
});

test('a fingerprint is the same in each run, whatever is there, and of no other difference', () => {
  const print = (changes: object) => run(ledgerOf([difference(changes)])).results[0]?.partialFingerprints;
  expect(print({ live: 5 })).toEqual(print({ live: 6, because: [] }));
  expect(print({ field: 'spec.paused' })).not.toEqual(print({}));
});

test('what is accepted is suppressed, what fails is an error, what is only told a note', () => {
  const apart = difference({ between: 'environments', what: 'differs' });
  const { results } = run(ledgerOf([difference(), difference({ field: 'spec.paused' }), apart], [accept(difference())]));
  expect(results.map(({ properties, level, suppressions }) => [properties.id, level, suppressions?.[0]?.justification])).toEqual([
    [difference({ field: 'spec.paused' }).id, 'error', undefined],
    [difference().id, 'note', 'load test until the new pool is there (ana, until 2026-12-31)'],
    [apart.id, 'note', undefined],
  ]);
});

test('a partial run was not successful, and says what it did not see', () => {
  const [invocation] = run().invocations;
  expect(invocation).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ level: 'error', message: { text: expect.stringContaining('not seen: dev: configmaps') } }],
  });
  expect(run(ledgerOf([])).invocations).toEqual([{ executionSuccessful: true, endTimeUtc: '2026-11-21T06:00:00.000Z' }]);
});
