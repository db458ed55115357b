import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../../src/diagnostics/format-diagnostic.ts';
import { readBaselines } from '../../src/drift/read-baselines.ts';
import { exportJsonSchemas } from '../../src/language/export-json-schemas.ts';
import { gatherBaselines, gatherInputs } from '../../src/store/gather-inputs.ts';
import { asBytes, temporaryFolder, writeFiles } from '../support/fleet-files.ts';
import { now } from './ledger-of.ts';

const whole = `apiVersion: stowage.dev/v1
kind: DriftBaseline
metadata: {name: prod-eu}
spec:
  accepted:
    - difference: cluster:prod-eu/fluss/StatefulSet/tablet#spec.replicas
      digest: 0123456789abcdef
      reason: load test
      owner: ana
      until: 2026-12-31
`;

function read(files: Readonly<Record<string, string>>) {
  const diagnostics: Diagnostic[] = [];
  const baselines = readBaselines(asBytes(new Map(Object.entries(files))), ['dev', 'prod-eu'], now, (one) =>
    diagnostics.push(one),
  );
  return { baselines, told: diagnostics.map((one) => formatDiagnostic(one)).join('\n') };
}

const told = (...changes: [string | RegExp, string][]) =>
  read({ 'drift/prod-eu.yaml': changes.reduce((text, [from, to]) => text.replace(from, to), whole) });

test('a baseline is read by its cluster', () => {
  expect(read({ 'drift/prod-eu.yaml': whole })).toEqual({
    baselines: [
      {
        cluster: 'prod-eu',
        accepted: [
          {
            difference: 'cluster:prod-eu/fluss/StatefulSet/tablet#spec.replicas',
            digest: '0123456789abcdef',
            reason: 'load test',
            owner: 'ana',
            until: '2026-12-31',
          },
        ],
      },
    ],
    told: '',
  });
});

test('a slip of the pen is told where it is', () => {
  expect(told(['owner:', 'onwer:']).told).toBe(
    `drift/prod-eu.yaml:6:5: error: \`spec.accepted[0].owner\` is missing [missing-field]
  6 |     - difference: cluster:prod-eu/fluss/StatefulSet/tablet#spec.replicas
    |       ^^^^^^^^^^
  → it takes text
drift/prod-eu.yaml:9:7: error: unknown field \`onwer\` in \`spec.accepted[0]\` [unknown-field]
  9 |       onwer: ana
    |       ^^^^^
  → did you mean \`owner\`?`.replace('6:5', '6:7'),
  );
});

test.each([
  ['2026-02-30', 'must be a day of the calendar such as 2026-12-31, but here is "2026-02-30"'],
  ['31.12.2026', 'must be a day of the calendar'],
  ['2027-11-22', '`until` is more than a year ahead'],
])('until %s is refused', (day, message) => {
  const { baselines, told: text } = told(['2026-12-31', day]);
  expect(baselines).toEqual([]);
  expect(text).toContain('drift/prod-eu.yaml:10:14: error:');
  expect(text).toContain(message);
});

test('until the same day a year on is as far as it goes', () => {
  expect(told(['2026-12-31', '2027-11-21']).told).toBe('');
});

test.each([
  ['reason: load test', 'reason: " "', 'must say why it may stay'],
  ['owner: ana', 'owner: ""', 'must say who answers for it'],
  ['digest: 0123456789abcdef', 'digest: all', 'must be the digest that `stowage drift accept` writes'],
  ['name: prod-eu', 'name: dev', 'is about `prod-eu`, and its metadata.name is `dev`'],
  ['kind: DriftBaseline', 'kind: Cluster', 'must be of kind DriftBaseline'],
])('%s may not be %s', (from, to, message) => {
  const { baselines, told: text } = told([from, to]);
  expect(baselines).toEqual([]);
  expect(text).toContain(message);
});

test('a difference that is accepted twice is told with both places', () => {
  const entry = whole.slice(whole.indexOf('    - '));
  const { baselines, told: text } = read({ 'drift/prod-eu.yaml': `${whole}${entry}` });
  expect(baselines).toEqual([]);
  expect(text).toContain('drift/prod-eu.yaml:11:19: error: this difference is accepted twice [name-conflict]');
  expect(text).toContain('drift/prod-eu.yaml:6:19: the other entry');
});

test('a file of no cluster is told, with the nearest', () => {
  const { told: text } = read({ 'drift/prd-eu.yaml': whole, 'drift/notes.txt': '' });
  expect(text).toContain('nothing reads drift/notes.txt');
  expect(text).toContain('there is no cluster prd-eu for drift/prd-eu.yaml');
  expect(text).toContain('did you mean `prod-eu`?');
});

test('editors get its schema', () => {
  expect(JSON.stringify(exportJsonSchemas()['drift.json'])).toContain('"const":"DriftBaseline"');
});

test('it lies in the folder of the fleet, and is no input of what is compiled', () => {
  const folder = temporaryFolder();
  writeFiles(folder, new Map([['drift/prod-eu.yaml', whole]]));
  const report = (diagnostic: Diagnostic) => expect.fail(diagnostic.message);
  expect([...gatherBaselines(folder, report).keys()]).toEqual(['drift/prod-eu.yaml']);
  expect([...gatherInputs(folder, report).keys()]).toEqual([]);
});
