import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandContext } from '../../src/commands/command-context.ts';
import { readDriftRuns } from '../../src/commands/read-drift-runs.ts';
import { ledgerToJson } from '../../src/drift/ledger-to-json.ts';
import { difference, ledgerOf } from '../drift/ledger-of.ts';
import { temporaryFolder } from '../support/fleet-files.ts';

const printed = (at: string) => JSON.stringify(ledgerToJson(ledgerOf([difference()], [], {}, new Date(at)), []));
const early = printed('2026-11-19T06:00:00Z');
const late = printed('2026-11-20T06:00:00Z');

function folderOf(files: Readonly<Record<string, string>>): CommandContext {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder } as CommandContext;
}

const read = (files: Readonly<Record<string, string>>, ...paths: string[]) => readDriftRuns(paths, folderOf(files));

test('files are read as they are named, and folders with all that ends in .json', () => {
  const files = { 'one.json': late, 'runs/b.json': late, 'runs/a.json': early, 'runs/notes.md': '#', 'runs/old/c.json': '{' };
  expect(read(files, 'one.json', 'runs').map(({ at }) => at.slice(8, 10))).toEqual(['20', '19', '20']);
});

test('a run that left out something of its clusters is left out, and named', () => {
  const told: string[] = [];
  const ledger = ledgerOf([difference()], [], {}, new Date('2026-11-21T06:00:00Z'));
  const part = JSON.stringify(ledgerToJson(ledger, [], ['-e prod-eu', '-s shop']));
  const context = { ...folderOf({ 'a.json': early, 'b.json': part }), err: (text: string) => void told.push(text) };
  expect(readDriftRuns(['a.json', 'b.json'], context).map(({ at }) => at.slice(8, 10))).toEqual(['19']);
  expect(told).toEqual(['--drift b.json is left out: it looked at a part only (-e prod-eu -s shop)\n']);
});

test('a later version may say more than this one knows', () => {
  const run = JSON.parse(early);
  const more = { ...run, colour: 'red', differences: [{ ...run.differences[0], colour: 'red' }] };
  expect(read({ 'a.json': JSON.stringify(more) }, 'a.json')).toEqual(read({ 'a.json': early }, 'a.json'));
});

test.each([
  ['no file', {}, 'cannot read --drift a.json: there is no such file'],
  ['broken off', { 'a.json': early.slice(0, 100) }, '--drift a.json is not JSON: it breaks off'],
  ['no JSON', { 'a.json': 'drift:\n  ok' }, '--drift a.json is not JSON'],
  ['no text', { 'a.json': '{"at":"\ufffd"}' }, '--drift a.json is no run of drift: command: '],
  ['something else', { 'a.json': '[]' }, '--drift a.json is no run of drift: Invalid input: expected object'],
  ['another command', { 'a.json': early.replace('"drift"', '"plan"') }, '--drift a.json is no run of drift: command: '],
  ['no time', { 'a.json': early.replace('2026-11-19T', '19 Nov ') }, '--drift a.json is no run of drift: at: '],
  ['a field', { 'a.json': early.replace('"standing":"new"', '"standing":7') }, 'is no run of drift: differences[0].standing: '],
  ['a stranger', { 'a.json': early.replace('["prod-eu"]', '["dev"]') }, 'differences[0].cluster: is none of `clusters`'],
  ['other JSON in a folder', { 'a.json/package.json': '{}' }, '--drift a.json/package.json is no run of drift: command: '],
  ['an empty folder', { 'a.json/notes.md': '' }, '--drift a.json: no *.json in this folder'],
])('%s is told with the file and what is wrong in it', (_, files, message) => {
  expect(() => read(files, 'a.json')).toThrow(message);
});

test('bytes that are no text are told', () => {
  const context = folderOf({});
  writeFileSync(join(context.folder, 'a.json'), Buffer.from([0x22, 0xff, 0x22]));
  expect(() => readDriftRuns(['a.json'], context)).toThrow('--drift a.json is not UTF-8 text');
});

test('a file that is too large is not read', () => {
  const context = folderOf({ 'a.json': '' });
  truncateSync(join(context.folder, 'a.json'), 64 * 1024 * 1024 + 1);
  expect(() => readDriftRuns(['a.json'], context)).toThrow('--drift a.json is larger than 64 MB');
});
