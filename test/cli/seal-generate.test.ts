import { createPrivateKey, createPublicKey } from 'node:crypto';
import { compare } from 'bcryptjs';
import { expect, test } from 'vitest';
import { throwawayPath } from '../sealing/throwaway.ts';
import { files, one, opened, readSealed, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';

const mail = ['-e', 'one', '-s', 'mail'];
const [password, token] = ['password', 'token'].map(secretValue) as [string, string];

test('every way of making a value gives what it says, and what is made of another fits it', async () => {
  const run = sealRun();
  expect(await run.seal([...mail, '--generate'])).toMatchObject({ code: 0, err: '' });
  const values = opened(run, files.made) as Record<string, string>;
  expect(Buffer.from(values.base64 ?? '', 'base64')).toHaveLength(32);
  expect(values.hex).toMatch(/^[0-9a-f]{32}$/);
  expect(values.letters).toMatch(/^[A-Za-z0-9]{20}$/);
  expect(values.digits).toMatch(/^\d{6}$/);
  const decoded = (text = '') => Buffer.from(text, 'base64').toString();
  const publicOf = (pem = '') => createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' });
  expect(values.rsaPublic).toBe(publicOf(values.rsa));
  expect(decoded(values.ed25519Public)).toBe(publicOf(decoded(values.ed25519)));
  expect(createPrivateKey(values.p256 ?? '').asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(await compare(values.letters ?? '', values.hash ?? '')).toBe(true);
  const [user, hash = ''] = (values.users ?? '').split(':');
  expect(user).toBe('admin');
  expect(await compare(values.letters ?? '', hash)).toBe(true);
  expect(readSealed(run, files.made).scope).toBe('namespace-wide');
});

test('what is there is not made anew, and what does not say how is left missing', async () => {
  const run = sealRun();
  await run.seal([...mail, '--generate']);
  const before = run.text(files.made);
  expect(await run.seal([...mail, '--generate'])).toMatchObject({ code: 0, out: '0 values sealed in 0 files, 0 unchanged\n' });
  expect(run.text(files.made)).toBe(before);
  await run.seal([...one, '--generate', 'db/password']);
  expect(Object.keys(opened(run, files.db))).toEqual(['password']);
  expect(() => run.text(files.session)).toThrow('ENOENT');
});

test('rotation takes new values for those that chance made, what is made of them follows, and restarts are named', async () => {
  const run = sealRun();
  await run.give({ 'account/password': password, token, salt: token, 'db/password': password });
  await run.seal([...mail, '--generate']);
  const [made, db] = [opened(run, files.made), run.text(files.db)];
  const ended = await run.seal(['-e', 'one', '--rotate']);
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(ended.out).toContain('will restart once this is compiled and synced:\n  one/mail Deployment/mail-mail\n');
  expect(ended.out).toContain('one/shop db: password kept: given by a person; name it to replace it\n');
  const rotated = opened(run, files.made) as Record<string, string>;
  for (const [key, value] of Object.entries(made)) expect(rotated[key], key).not.toBe(value);
  expect(await compare(rotated.letters ?? '', rotated.hash ?? '')).toBe(true);
  expect(run.text(files.db)).toBe(db);
});

test('what is made of the value of a person follows that value, when it is given and when values are rotated', async () => {
  const run = sealRun();
  await run.give({ 'account/password': password });
  const before = opened(run, files.account);
  expect(await compare(password, before.hash ?? '')).toBe(true);
  const rotated = await run.seal([...one, '--rotate', 'account/password']);
  expect(rotated.err).not.toContain('account/hash');
  await run.give({ 'account/password': `${password}2` });
  expect(await compare(`${password}2`, opened(run, files.account).hash ?? '')).toBe(true);
});

test('a generated value beside a hash of what a person gave is rotated without asking for it', async () => {
  const run = sealRun();
  await run.give({ 'account/password': password, 'session/salt': token, token });
  await run.seal([...one, 'db/password', '--generate']);
  const hash = opened(run, files.account).hash;
  await run.give({ token: `${token}2` });
  const ended = await run.seal([...one, '--rotate', '--private-key', throwawayPath('valid.key')]);
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(ended.out).toContain('  password: replaced\n  url: sealed\n');
  const { password: made, url } = opened(run, files.db);
  expect(url).toBe(`pg://shop:${made}@shop-db/${token}2`);
  expect(opened(run, files.account).hash).toBe(hash);
});

test('a value of a person is replaced when it is named', async () => {
  const run = sealRun();
  await run.give({ 'db/password': password, token });
  const ended = await run.seal([...one, '--rotate', 'db/password', '--private-key', throwawayPath('valid.key')]);
  expect(ended.out).toContain('  password: replaced\n  url: replaced\n');
  expect(opened(run, files.db).password).toMatch(/^[A-Za-z0-9]{24}$/);
});

test('--json says what was done, --quiet says nothing', async () => {
  const run = sealRun();
  const ended = await run.give({ token, 'db/password': password }, [...one, '--json']);
  expect(JSON.parse(ended.out)).toEqual({
    command: 'seal',
    ok: true,
    files: [
      expect.objectContaining({ secret: 'db', path: files.db, written: true, keys: { password: 'sealed', url: 'sealed' } }),
      {
        cluster: 'east',
        environment: 'one',
        system: 'shop',
        secret: 'session',
        path: files.session,
        written: true,
        keys: { token: 'sealed' },
      },
    ],
    restarts: ['one/shop StatefulSet/shop-db', 'one/shop Deployment/shop-web'],
    left: [],
    missing: [],
    kept: [],
  });
  expect(await run.give({ token: `${token}2` }, [...one, '--json'])).toMatchObject({ code: 1 });
  expect(await run.give({ salt: token }, [...one, 'session/salt', '--quiet'])).toEqual({ code: 0, out: '', err: '' });
});

test('values are made anew where somebody says, and for what can be made', async () => {
  const run = sealRun();
  expect(await run.seal(['--rotate'])).toMatchObject({ code: 2, err: expect.stringContaining('say which environment') });
  expect(await run.seal([...one, '--generate', 'session'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('does not say how'),
  });
});
