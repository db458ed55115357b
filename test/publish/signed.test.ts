import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { git } from './support/real-host.ts';

const folder = temporaryFolder();
const key = join(folder, 'key');
spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
const made = existsSync(key);

test.skipIf(!made)(`commits are signed with git's own settings${made ? '' : ' (skipped: there is no ssh-keygen)'}`, () => {
  const settings = join(folder, 'gitconfig');
  const person = 'name = Sam\n\temail = sam@example.com';
  writeFileSync(settings, `[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = ${key}\n\t${person}\n`);
  const fleet = temporaryFolder(smallFleet);
  const run = (...words: string[]) => stowage(words, { in: fleet, env: { XDG_CACHE_HOME: folder, GIT_CONFIG_GLOBAL: settings } });
  const description = join(fleet, 'stowage.yaml');
  writeFileSync(description, readFileSync(description, 'utf8').replace(/^spec:$/m, 'spec:\n  publish: {sign: true}'));
  expect(run('compile', '-q')).toMatchObject({ code: 0, err: '' });
  git(fleet, 'init', '-q');
  git(fleet, 'add', '-A');
  git(fleet, 'commit', '-q', '-m', 'begin');

  expect(run('publish', '-e', 'dev', '-s', 'shop')).toMatchObject({ code: 0, err: '' });
  const commit = git(join(fleet, '.stowage/config.git'), 'cat-file', 'commit', 'stowage/compile/dev/shop');
  expect(commit).toContain('gpgsig -----BEGIN SSH SIGNATURE-----');
  // Each signature may be another one; what is signed is not.
  expect(run('publish', '-e', 'dev', '-s', 'shop').out).toContain('unchanged dev/shop');
});
