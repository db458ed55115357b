import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository, temporaryFolder } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';

const place = temporaryFolder();
const commands = [
  ...['init', 'compile', 'verify', 'plan', 'why', 'footprint', 'graph', 'seal', 'publish'],
  ...['promote', 'rollback', 'bump', 'pr', 'schema', 'release', 'drift', 'capabilities', 'report', 'dev', 'completion'],
];

describe.each(commands)('%s --help', (command) => {
  test('says what the command does and shows it', () => {
    const { code, out, err } = stowage([command, '--help'], { in: place });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^Usage: stowage ${command} `));
    expect(out).toMatch(new RegExp(`^Examples?:\n  .*stowage ${command}`, 'm'));
    expect(out).not.toContain('\u001b');
  });

  test('is what `help` shows', () => {
    expect(stowage(['help', command], { in: place }).out).toBe(stowage([command, '--help'], { in: place }).out);
  });
});

test('--help names every command and the exit codes', () => {
  const { code, out } = stowage(['--help'], { in: place });
  expect(code).toBe(0);
  for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(out).toContain('Examples:\n');
  const told = /^Exit codes: .*$/m.exec(readFileSync(join(repository, 'README.md'), 'utf8'))?.[0];
  expect(out.replace(/\s+/g, ' ')).toContain(told?.replace(/\.$/, ''));
});

test('no arguments show the help and are wrong usage', () => {
  const { code, out, err } = stowage([], { in: place });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^Usage: stowage /);
});

test('--version and -V print the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  for (const word of ['--version', '-V'])
    expect(stowage([word], { in: place })).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test.each([
  [['compil'], "unknown command 'compil'", 'compile'],
  [['verfy', '-e', 'prod'], "unknown command 'verfy'", 'verify'],
  [['compile', '--chek'], "unknown option '--chek'", '--check'],
  [['promot', 'shop'], "unknown command 'promot'", 'promote'],
  [['promote', 'shop', '--inclde', 'x'], "unknown option '--inclde'", '--include'],
  [['rollback', 'dev/shop', '--acept', 'x'], "unknown option '--acept'", '--accept'],
  [['why', '--jsn', 'a/b/C/d'], "unknown option '--jsn'", '--json'],
  [['compil', '--help'], "unknown command 'compil'", 'compile'],
  [['help', 'compil'], "unknown command 'compil'", 'compile'],
])('%j is answered with a suggestion', (words, problem, suggestion) => {
  const { code, out, err } = stowage(words, { in: place });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(problem);
  expect(err).toContain(`Did you mean ${suggestion}?`);
});

test.each([[['frobnicate', '--help']], [['frobnicate', '-h']], [['help', 'frobnicate']]])('%j shows no help', (words) => {
  expect(stowage(words, { in: place })).toEqual({ code: 2, out: '', err: "error: unknown command 'frobnicate'\n" });
});
