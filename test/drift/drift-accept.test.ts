import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { CommandContext } from '../../src/commands/command-context.ts';
import { type DriftAcceptOptions, driftAccept } from '../../src/commands/drift-accept.ts';
import { plainPalette } from '../../src/diagnostics/format-diagnostic.ts';
import { readTree, temporaryFolder } from '../support/fleet-files.ts';
import { difference, ledgerOf } from './ledger-of.ts';

const scaled = difference();
const terms = { reason: 'load test', owner: 'ana', until: '2026-12-31' };

let folder: string;
let told: { out: string; err: string };
beforeEach(() => {
  folder = temporaryFolder();
  told = { out: '', err: '' };
});

function run(ids: readonly string[], options: Partial<DriftAcceptOptions> = {}): number {
  const context: CommandContext = {
    folder,
    environment: {},
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
    interactive: false,
    palette: plainPalette,
    signal: new AbortController().signal,
    compute: async (work) => work(),
  };
  return driftAccept(ledgerOf([scaled]), ids, folder, { ...terms, ...options }, context);
}

test('what is accepted is written beside the description, and told', () => {
  expect(run([scaled.id])).toBe(0);
  expect(told.out).toBe(`accepted until 2026-12-31: 1 difference, in drift/prod-eu.yaml\n  ${scaled.id}\n`);
  expect([...readTree(folder).keys()]).toEqual(['drift/prod-eu.yaml']);
  const before = readFileSync(join(folder, 'drift/prod-eu.yaml'), 'utf8');
  expect(run([scaled.id], { until: '2027-01-31' })).toBe(0);
  expect(readFileSync(join(folder, 'drift/prod-eu.yaml'), 'utf8')).toBe(before.replace('2026-12-31', '2027-01-31'));
});

test('as JSON', () => {
  expect(run([scaled.id], { json: true })).toBe(0);
  expect(JSON.parse(told.out)).toEqual({
    command: 'drift accept',
    ok: true,
    accepted: [{ difference: scaled.id, cluster: 'prod-eu', file: 'drift/prod-eu.yaml' }],
    ...terms,
    files: ['drift/prod-eu.yaml'],
  });
});

test('what is refused writes nothing and says what to do', () => {
  expect(run([scaled.id], { until: '2026-11-01' })).toBe(1);
  expect(told.err).toBe('refused --until 2026-11-01 is over already\n  → name a day up to 2027-11-21\n');
  expect(run(['cluster:nowhere'], { json: true })).toBe(1);
  expect(JSON.parse(told.out)).toMatchObject({
    ok: false,
    refused: 'there is no difference cluster:nowhere now',
    diagnostics: [],
  });
  expect(readTree(folder).size).toBe(0);
});

test('a file that is wrong is told where it is, and stays', () => {
  mkdirSync(join(folder, 'drift'));
  writeFileSync(join(folder, 'drift/prod-eu.yaml'), 'apiVersion: stowage.dev/v1\nkind: DriftBaselines\n');
  expect(run([scaled.id])).toBe(1);
  expect(told.err).toContain('drift/prod-eu.yaml:2:7: error: drift/prod-eu.yaml must be of kind DriftBaseline');
  expect(readFileSync(join(folder, 'drift/prod-eu.yaml'), 'utf8')).toContain('DriftBaselines');
});

test('nothing is written through a link', () => {
  const elsewhere = temporaryFolder();
  symlinkSync(elsewhere, join(folder, 'drift'));
  expect(run([scaled.id])).toBe(1);
  expect(told.err).toContain('drift is a link');
  expect(readTree(elsewhere).size).toBe(0);
});
