import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

test.each(['zsh', 'fish', 'powershell'])('completion %s prints a script', (shell) => {
  const { code, out, err } = stowage(['completion', shell], { in: temporaryFolder() });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('stowage');
  expect(out.split('\n').length).toBeGreaterThan(20);
});

test.each(['zsh', 'bash'])('completion %s takes no other option, and says so in place of a script', (shell) => {
  const { code, out, err } = stowage(['completion', shell, '--quiet'], { in: temporaryFolder() });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain("unknown option '--quiet'");
  expect(stowage(['completion', shell, '--help'], { in: temporaryFolder() })).toMatchObject({
    code: 0,
    out: expect.stringContaining('Usage: stowage completion'),
  });
});

test.each([
  ['stowage compile -e ', 'dev|prod'],
  ['stowage compile --environment=p', 'prod'],
  ['stowage why dev/sh', 'dev/shop/'],
  ['stowage pr me', 'merge'],
  ["stowage compile -e $(touch ran) 'x ; touch ran; ", ''],
])('a bare bash that has read it twice completes `%s`', (line, offered) => {
  const fleet = temporaryFolder(smallFleet);
  const path = temporaryFolder();
  const cli = join(import.meta.dirname, '../../bin/stowage.cjs');
  writeFileSync(join(path, 'stowage'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(join(path, 'stowage'), 0o755);
  const typing = `
    source <(stowage completion bash)
    source <(stowage completion bash)
    COMP_LINE=$1 COMP_POINT=\${#1}
    complete=$(complete -p stowage)
    complete=\${complete#*-F }
    "\${complete% *}" stowage
    IFS='|'
    echo "\${COMPREPLY[*]}"
    compgen -G ran`;
  const env = { ...process.env, PATH: `${path}${delimiter}${process.env.PATH}` };
  const words = ['--norc', '--noprofile', '-c', typing, 'bash', line];
  const { stdout, stderr } = spawnSync('bash', words, { cwd: fleet, env, encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: `${offered}\n`, stderr: '' });
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
    ['why', 'prod/'],
    ['prod/shop/', 'prod/stock/'],
  ],
  [
    ['pr', ''],
    ['list', 'show', 'approve', 'merge', 'close', 'reopen', 'comment'],
  ],
  [['pr', 'me'], ['merge']],
  [['drift', ''], ['accept']],
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
