import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

test.each(['bash', 'zsh', 'fish', 'powershell'])('completion %s prints a script', (shell) => {
  const { code, out, err } = stowage(['completion', shell], { in: temporaryFolder() });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('stowage');
  expect(out.split('\n').length).toBeGreaterThan(20);
});

test('bash takes the script', () => {
  const { out } = stowage(['completion', 'bash'], { in: temporaryFolder() });
  const { status, stderr } = spawnSync('bash', ['-n'], { input: out, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.each([
  [
    ['compile', '-e', ''],
    ['dev', 'prod'],
  ],
  [
    ['compile', '--environment', ''],
    ['dev', 'prod'],
  ],
  [
    ['verify', '-s', ''],
    ['shop', 'stock'],
  ],
  [['compile', '-e', 'pr'], ['prod']],
  [
    ['footprint', '-s', ''],
    ['shop', 'stock'],
  ],
  [
    ['graph', 'prod/'],
    ['prod/shop', 'prod/stock'],
  ],
  [
    ['rollback', 'dev/'],
    ['dev/shop', 'dev/stock'],
  ],
  [
    ['promote', ''],
    ['shop', 'stock'],
  ],
  [['promote', 'shop', '--to', 'p'], ['prod']],
  [
    ['promote', 'shop', '--from', ''],
    ['dev', 'prod'],
  ],
  [
    ['promote', '--all', '-s', ''],
    ['shop', 'stock'],
  ],
  [
    ['bump', ''],
    ['shop', 'stock'],
  ],
  [['bump', 'shop', '-e', 'd'], ['dev']],
  [['rollback', 'prod/shop', '--to', ''], []],
  [
    ['release', ''],
    ['shop', 'stock'],
  ],
  [
    ['graph', '--format', ''],
    ['mermaid', 'dot', 'json'],
  ],
])('%j offers what the fleet has', (typed, offered) => {
  const { code, out } = stowage(['complete', '--', ...typed], { in: temporaryFolder(smallFleet) });
  expect(code).toBe(0);
  expect(namesIn(out)).toEqual(offered);
});

test('commands and options are offered, inside a fleet and outside', () => {
  for (const files of [smallFleet, new Map()]) {
    const place = temporaryFolder(files);
    expect(namesIn(stowage(['complete', '--', ''], { in: place }).out)).toEqual(
      expect.arrayContaining([
        'init',
        'compile',
        'verify',
        'why',
        'footprint',
        'graph',
        'schema',
        'release',
        'promote',
        'rollback',
        'bump',
      ]),
    );
    expect(namesIn(stowage(['complete', '--', 'compile', '--'], { in: place }).out)).toEqual(
      expect.arrayContaining(['--check', '--json', '--overwrite', '--no-verify']),
    );
  }
});

test('outside a fleet there are no environments, and that is no mistake', () => {
  const { code, out, err } = stowage(['complete', '--', 'compile', '-e', ''], { in: temporaryFolder() });
  expect({ code, err, names: namesIn(out) }).toEqual({ code: 0, err: '', names: [] });
});

/** A line for each with its description behind a tab; the last says what the shell may add. */
function namesIn(out: string): string[] {
  return out
    .trimEnd()
    .split('\n')
    .filter((line) => !/^:\d+$/.test(line))
    .map((line) => line.split('\t')[0] as string);
}
