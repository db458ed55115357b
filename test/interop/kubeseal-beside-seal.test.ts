import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { throwawayPath } from '../sealing/throwaway.ts';
import { files, one, opened, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';
import { kubesealClean, recover, valuesOf } from './kubeseal.ts';

const [password, token, salt] = ['password', 'token', 'salt'].map(secretValue) as [string, string, string];

test('kubeseal opens every file that `seal` writes, in the scope that is declared', async () => {
  const run = sealRun();
  await run.give({ 'db/password': password, token, salt });
  await run.seal(['-e', 'one', '-s', 'mail', '--generate']);
  for (const file of [files.db, files.session, files.made]) {
    const values = Object.entries(valuesOf(recover(parse(run.text(file))).stdout));
    expect(Object.fromEntries(values.map(([key, value]) => [key, value.toString()])), file).toEqual(opened(run, file));
  }
});

test('a value that kubeseal merged in is seen as another, and taken up when it is given', async () => {
  const run = sealRun();
  await run.give({ 'db/password': password, token, salt, 'account/password': password });
  const stateOf = async (key: string) => {
    const { secrets } = JSON.parse((await run.seal(['--status', '--json', ...one])).out);
    const session = secrets.find(({ secret }: { secret: string }) => secret === 'session');
    return session.keys.find((entry: { key: string }) => entry.key === key).state;
  };
  expect(await stateOf('token')).toBe('sealed');

  const secret = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'shop-session', namespace: 'shop-one' },
    data: { token: Buffer.from(`${token}2`).toString('base64') },
  });
  const path = join(run.folder, files.session);
  kubesealClean(secret, '--cert', throwawayPath('valid.pem'), '--format', 'yaml', '--merge-into', path);
  expect(opened(run, files.session)).toEqual({ token: `${token}2`, salt });
  expect(await stateOf('token')).toBe('unknown certificate');
  expect(await stateOf('salt')).toBe('sealed');

  const merged = run.text(files.session);
  expect((await run.give({ salt }, [...one, 'session/salt'])).out).toContain('1 unchanged');
  expect(run.text(files.session)).toBe(merged);
  // The old value may not count as the one that is there.
  expect((await run.give({ token, 'db/password': password })).out).toContain('  token: sealed again\n');
  expect(opened(run, files.session)).toEqual({ token, salt });
  expect(await stateOf('token')).toBe('sealed');
  expect((await run.give({ token, 'db/password': password })).out).toContain('0 values sealed');
});
