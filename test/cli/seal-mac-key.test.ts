import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/fleet-files.ts';
import { files, macKey, one, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';

const token = secretValue('token');

test('a key is made for this person alone when it is first needed, told once, and used from then on', async () => {
  const run = sealRun();
  const environment = { XDG_CONFIG_HOME: join(temporaryFolder(), 'config') };
  const path = join(environment.XDG_CONFIG_HOME, 'stowage/mac-key');
  const first = await run.give({ token }, one, environment);
  expect(first.err).toContain(`made ${path}`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  const again = await run.give({ token }, one, environment);
  expect(again.out).toContain('1 unchanged');
  expect(again.err).not.toContain('mac-key');
});

test('a key that others can read is refused', async () => {
  const home = temporaryFolder(new Map([['stowage/mac-key', macKey]]));
  chmodSync(join(home, 'stowage/mac-key'), 0o640);
  const ended = await sealRun().give({ token }, one, { XDG_CONFIG_HOME: home });
  expect(ended).toMatchObject({ code: 3, out: '', err: expect.stringMatching(/can be read by others\nrun chmod 600 /) });
});

test.each([
  ['words', 'correct horse battery staple', 'it is neither hex nor base64'],
  ['too few bytes', macKey.slice(0, 32), 'it has 16 bytes, and 32 are needed'],
  ['a pattern', '0123456789abcdef'.repeat(4), 'it is not random'],
])('STOWAGE_MAC_KEY with %s is refused without a letter of it', async (_, key, message) => {
  const run = sealRun();
  const ended = await run.give({ token }, one, { STOWAGE_MAC_KEY: key });
  expect(ended).toMatchObject({
    code: 3,
    out: '',
    err: expect.stringContaining(`the key in STOWAGE_MAC_KEY cannot be used: ${message}`),
  });
  expect(ended.err).not.toContain(key);
  expect(() => run.text(files.session)).toThrow('ENOENT');
});

test('a file that is empty is no key', async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, 'stowage'));
  writeFileSync(join(home, 'stowage/mac-key'), '', { mode: 0o600 });
  const ended = await sealRun().give({ token }, one, { XDG_CONFIG_HOME: home });
  expect(ended).toMatchObject({ code: 3, err: expect.stringContaining(`the key in ${home}/stowage/mac-key cannot be used`) });
});

test('where no key can be kept, values are sealed all the same, and what that means is said', async () => {
  const run = sealRun();
  const file = join(temporaryFolder(new Map([['config', '']])), 'config');
  const ended = await run.give({ token }, one, { XDG_CONFIG_HOME: file });
  expect(ended.err).toContain('cannot keep a key in');
  expect(ended.err).toContain('STOWAGE_MAC_KEY gives one');
  expect(run.text(files.session)).not.toContain('mac=');
});
