import { expect, test } from 'vitest';
import { type Acceptance, acceptDifferences } from '../../src/drift/accept-differences.ts';
import { readBaselines } from '../../src/drift/read-baselines.ts';
import { settleLedger } from '../../src/drift/settle-ledger.ts';
import { asBytes } from '../support/fleet-files.ts';
import { accept, difference, found, ledgerOf, missing, now } from './ledger-of.ts';

const scaled = difference({ digest: 'a1b2c3d4e5f60718' });
const gone = missing('web');
const elsewhere = difference({ cluster: 'dev', overlay: 'dev/fluss' });
const ledger = ledgerOf([scaled, gone, elsewhere]);
const terms = { reason: 'load test', owner: 'ana', until: '2026-12-31' };

function taken(
  ids: readonly string[],
  files: Readonly<Record<string, string>> = {},
  changes: Partial<Acceptance> = {},
  of = ledger,
) {
  return acceptDifferences(of, asBytes(new Map(Object.entries(files))), { ...terms, ids, ...changes }, now);
}

function written(result: ReturnType<typeof taken>, path = 'drift/prod-eu.yaml'): string {
  if ('refused' in result) throw new Error(result.refused);
  return result.files.get(path) ?? '';
}

const other = `# looked at every month
apiVersion: stowage.dev/v1
kind: DriftBaseline
metadata: { name: prod-eu }
spec:
  accepted:
    # the old controller writes it
    - difference: cluster:@prod-eu/shop/Service/web
      digest: "0123456789abcdef"
      reason: goes with the old controller # in spring
      owner: ben
      until: "2026-12-01"
`;

test('the first acceptance writes a file that is read again and covers its difference', () => {
  const text = written(taken([scaled.id]));
  expect(text).toBe(`# yaml-language-server: $schema=../.stowage/schemas/drift.json
apiVersion: stowage.dev/v1
kind: DriftBaseline
metadata:
  name: prod-eu
spec:
  accepted:
    - difference: cluster:prod-eu/fluss/StatefulSet/tablet#spec.replicas
      digest: a1b2c3d4e5f60718
      reason: load test
      owner: ana
      until: '2026-12-31'
`);
  const files = asBytes(new Map([['drift/prod-eu.yaml', text]]));
  const baselines = readBaselines(files, ['prod-eu'], now, (diagnostic) => expect.fail(diagnostic.message));
  expect(settleLedger([found([scaled])], baselines, now, ['prod-eu']).entries).toMatchObject([{ standing: 'accepted' }]);
});

test('a digest of digits alone stays text', () => {
  const odd = { ...scaled, digest: '1234567890123456' };
  const text = written(taken([scaled.id], {}, {}, ledgerOf([odd])));
  expect(text).toMatch(/digest: ["']1234567890123456["']/);
});

test('what people wrote stays as it is', () => {
  const text = written(taken([scaled.id, gone.id], { 'drift/prod-eu.yaml': other }));
  expect(text.startsWith(other)).toBe(true);
  expect(text.slice(other.length).match(/- difference: (.*)/g)).toEqual([
    `- difference: ${scaled.id}`,
    `- difference: ${gone.id}`,
  ]);
});

test('an empty list takes its first entry', () => {
  const empty = other.replace(/accepted:\n(.*\n)*/, 'accepted: []\n');
  expect(written(taken([scaled.id], { 'drift/prod-eu.yaml': empty }))).toContain(`- difference: ${scaled.id}`);
});

test('a renewal replaces the entry of its difference and no other', () => {
  const once = written(taken([scaled.id], { 'drift/prod-eu.yaml': other }));
  const renewed = written(taken([scaled.id], { 'drift/prod-eu.yaml': once }, { until: '2027-03-31', reason: 'goes on' }));
  expect(renewed).toBe(once.replace('reason: load test', 'reason: goes on').replace('2026-12-31', '2027-03-31'));
});

test('a prefix takes all that begin so, and leaves what others answer for', () => {
  const half = ledgerOf([scaled, gone, elsewhere], [accept(gone)]);
  const result = taken(['cluster:prod-eu/fluss/*'], {}, {}, half);
  expect('entries' in result && result.entries.map((entry) => entry.difference.id)).toEqual([scaled.id]);
  expect(taken(['cluster:prod-eu/fluss/Service/*'], {}, {}, half)).toMatchObject({
    refused: 'all of cluster:prod-eu/fluss/Service/* is accepted already',
  });
});

test('each cluster has its own file', () => {
  const result = taken([scaled.id, elsewhere.id]);
  expect('files' in result && [...result.files.keys()]).toEqual(['drift/dev.yaml', 'drift/prod-eu.yaml']);
});

test.each<[Partial<Acceptance>, string]>([
  [{ reason: ' ' }, 'there is no reason'],
  [{ owner: '' }, 'there is no owner'],
  [{ until: '2026-11-20' }, '--until 2026-11-20 is over already'],
  [{ until: '2027-11-22' }, '--until 2027-11-22 is more than a year ahead'],
  [{ until: '2026-02-29' }, '--until 2026-02-29 is no day of the calendar'],
  [{ ids: [] }, 'no difference is named'],
])('%o is refused', (changes, refused) => {
  expect(taken([scaled.id], {}, changes)).toMatchObject({ refused });
});

test('until today is in time', () => {
  expect(taken([scaled.id], {}, { until: '2026-11-21' })).toHaveProperty('files');
});

test('what this run did not find is not accepted, and the nearest is named', () => {
  expect(taken([scaled.id.replace('replicas', 'replica')])).toEqual({
    refused: 'there is no difference cluster:prod-eu/fluss/StatefulSet/tablet#spec.replica now',
    advice: `did you mean \`${scaled.id}\`?`,
  });
  expect(taken(['cluster:staging/*'])).toMatchObject({ refused: 'there is no difference cluster:staging/* now' });
  expect(taken([scaled.id], {}, {}, ledgerOf([]))).toMatchObject({ advice: 'this run found none' });
});

test('a file that is wrong already is told and not written', () => {
  const result = taken([scaled.id], { 'drift/prod-eu.yaml': other.replace('owner:', 'onwer:') });
  expect(result).toMatchObject({ refused: 'drift/prod-eu.yaml cannot be read' });
  expect('diagnostics' in result && result.diagnostics).toHaveLength(2);
});
