import { existsSync, lstatSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTree } from '../support/fleet-files.ts';
import { withValueFiles } from '../support/run-in-process.ts';
import { files, one, opened, otherMacKey, readSealed, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';

const [password, token, salt] = ['password', 'token', 'salt'].map(secretValue) as [string, string, string];

describe('values from files', () => {
  test('an env file: comments, quotes over lines, key or secret/key', async () => {
    const run = sealRun();
    const text = `# values\nexport db/password="${password}"\ntoken = ${token} # cookies\nsalt='${salt}\nmore'\n`;
    const ended = await withValueFiles({ env: text }, (given) => run.seal([...one, '--from-env-file', join(given, 'env')]));
    expect(ended.out).toContain('db.yaml\n  password: sealed\n  url: sealed\n');
    expect(opened(run, files.session)).toEqual({ token, salt: `${salt}\nmore` });
    expect(opened(run, files.db)).toEqual({ password, url: `pg://shop:${password}@shop-db/${token}` });
  });

  test('--from-file takes any bytes, and several', async () => {
    const run = sealRun();
    const bytes = Buffer.concat([Buffer.from(secretValue('bytes')), Buffer.of(0, 255, 10)]);
    await withValueFiles({ salt: bytes, token }, (given) =>
      run.seal([...one, '--from-file', `salt=${given}/salt`, '--from-file', `session/token=${given}/token`]),
    );
    expect(opened(run, files.session)).toEqual({ token, salt: bytes.toString() });
  });

  test.each<[string, Record<string, string | Buffer>, string]>([
    ['a key that nobody declares', { env: `tokne=${token}` }, 'there is no key `tokne`\ndid you mean `token`?'],
    [
      'the rest of a value in base64',
      { env: `salt=x\n${Buffer.from(salt).toString('base64').slice(4, 16)}=` },
      'before the = is no key',
    ],
    [
      'a key that several secrets have',
      { env: `password=${password}` },
      'write db/password or account/password or cache/password',
    ],
    ['a key twice', { env: `salt=${salt}\nsession/salt=${salt}` }, ':2: `session/salt` was given already'],
    ['a value that is too short', { env: 'token=short' }, 'session/token: the value has 5 characters and must have 8 or more'],
    ['no value', { env: 'token=' }, 'session/token: the value is empty'],
    ['a line that is none', { env: `salt=${salt}\n${token}` }, ':2: this line is not NAME=value'],
    ['a file without values', { env: '# nothing\n' }, 'holds no values'],
    ['a quote that does not end', { env: `salt="${salt}\n` }, ':1: this line is not NAME=value'],
    ['bytes that are no text', { env: Buffer.from('salt=\xe4', 'latin1') }, 'is not UTF-8 text'],
    ['a value over a megabyte', { env: `salt=${'x'.repeat(1_048_577)}` }, 'a Secret holds at most 1048576'],
    [
      'a value that makes the file too large',
      { env: `salt=${'x'.repeat(800_000)}` },
      'more than the 1048576 that an input may have',
    ],
  ])('%s is refused, and nothing is written or shown', async (_, given, message) => {
    const run = sealRun();
    const before = readTree(run.folder);
    const ended = await withValueFiles(given, (folder) => run.seal([...one, '--from-env-file', join(folder, 'env')]));
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(message);
    for (const value of [password, token, salt]) {
      expect(ended.err).not.toContain(value);
      expect(ended.err).not.toContain(Buffer.from(value).toString('base64').slice(4, 16));
    }
    expect(readTree(run.folder)).toEqual(before);
  });

  test('a value where --from-file takes a path is not shown', async () => {
    const ended = await sealRun().seal([...one, '--from-file', `salt=${salt}`]);
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('the file of --from-file salt: there is no such file') });
    expect(ended.err).not.toContain(salt);
  });

  test.each([
    [['--from-file', 'salt'], '--from-file takes <key>=<path>'],
    [['session/slat', '--generate'], 'no key `slat`\ndid you mean `salt`?'],
    [['sesion', '--generate'], 'no secret `sesion`\ndid you mean `session`?'],
    [['--rotate', '--generate'], '--rotate and --generate are two ways of working'],
    [['--status', '--stdin'], '--status takes no values'],
    [['--stdin'], 'more than one key could be meant'],
    [['session/salt'], 'there is no terminal to ask for values on'],
    [['-e', 'two', '--stdin'], 'say which environment the values are for'],
    [['-s', 'mail', '--stdin'], 'say which system the values are for'],
  ])('%j is refused', async (words, message) => {
    expect(await sealRun().seal([...one, ...words])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });
});

describe('a value that is the same', () => {
  test('changes not a byte, and its file is not touched', async () => {
    const run = sealRun();
    await run.give({ token, salt });
    const before = [run.text(files.session), statSync(join(run.folder, files.session), { bigint: true }).mtimeNs];
    const again = await run.give({ token });
    expect(again.out).toBe('0 values sealed in 0 files, 1 unchanged\n');
    expect([run.text(files.session), statSync(join(run.folder, files.session), { bigint: true }).mtimeNs]).toEqual(before);
    const changed = await run.give({ token: `${token}2`, salt });
    expect(changed.out).toContain('  token: replaced\n  salt: unchanged\n');
    expect(changed.out).toContain('will restart once this is compiled and synced:\n  one/shop Deployment/shop-web\n');
    expect(run.text(files.session)).not.toBe(before[0]);
  });

  test.each([
    ['with another key', { STOWAGE_MAC_KEY: otherMacKey }],
    ['with no key at all', { XDG_CONFIG_HOME: '/dev/null' }],
  ])('is sealed again %s, and that is said', async (_, environment) => {
    const run = sealRun();
    await run.give({ token });
    const before = readSealed(run, files.session).encrypted.get('token');
    const again = await run.give({ token }, one, environment);
    expect(again.out).toContain('  token: sealed again\nsealed again: no key tells whether the value is another');
    expect(readSealed(run, files.session).encrypted.get('token')).not.toBe(before);
    expect(opened(run, files.session)).toEqual({ token });
  });

  test('keeps the day of its last change, and its certificate is noted', async () => {
    const run = sealRun();
    await run.give({ token });
    expect(run.text(files.session)).toMatch(
      /token: certificate=[0-9a-f]{16} since=\d{4}-\d\d-\d\d mac=[0-9a-f]{8}:[\w-]{22} blob=/,
    );
  });
});

describe('a composed text', () => {
  test('whose parts are not all there is named, and the rest is sealed', async () => {
    const run = sealRun();
    const ended = await run.give({ 'db/password': password });
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('missing: one/shop db/url: it is made from session/token; give that in the same run');
    expect(opened(run, files.db)).toEqual({ password });
  });

  test('follows a part that changes, if the others are at hand', async () => {
    const run = sealRun();
    await run.give({ 'db/password': password, token });
    expect((await run.give({ token: `${token}2` })).err).toContain('db/url: it is made from db/password');
    const both = await run.give({ token: `${token}3`, 'db/password': password });
    expect(both).toMatchObject({ code: 0, out: expect.stringContaining('  password: unchanged\n  url: replaced\n') });
    expect(opened(run, files.db).url).toBe(`pg://shop:${password}@shop-db/${token}3`);
  });

  test('that is written otherwise since is stale, until it is put together again', async () => {
    const run = sealRun();
    await run.give({ 'db/password': password, token, salt });
    run.edit('systems/shop/system.yaml', '"pg://', '"postgres://');
    expect((await run.seal(['--status'])).out).toContain('url: its text is composed otherwise by now');
    expect((await run.give({ 'db/password': password, token })).code).toBe(0);
    expect(opened(run, files.db).url).toMatch(/^postgres:/);
  });
});

describe('what lies in the way', () => {
  test('a link among what is sealed is refused, and what it points to stays', async () => {
    const run = sealRun();
    await run.give({ token });
    symlinkSync('session.yaml', join(run.folder, files.account));
    const before = run.text(files.session);
    const ended = await run.give({ 'account/password': password });
    expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('account.yaml is a link') });
    expect(run.text(files.session)).toBe(before);
    expect(lstatSync(join(run.folder, files.account)).isSymbolicLink()).toBe(true);
  });

  test('a file where a folder belongs', async () => {
    const run = sealRun();
    writeFileSync(join(run.folder, 'clusters/east/sealed'), '');
    const ended = await run.give({ token });
    expect(ended.code).not.toBe(0);
    expect(ended.err).toContain('clusters/east/sealed');
    expect(existsSync(join(run.folder, files.session))).toBe(false);
  });

  test('a fleet in which nothing can be written', async () => {
    const run = sealRun();
    writeFileSync(join(run.folder, '.stowage'), '');
    expect(await run.give({ token })).toMatchObject({ code: 3, err: expect.stringContaining('.stowage is not a folder') });
  });

  test('a broken file of another environment does not', async () => {
    const run = sealRun();
    await run.seal(['-e', 'two', '-s', 'mail', '--generate']);
    writeFileSync(join(run.folder, 'clusters/west/sealed/two/mail/made.yaml'), '<<<<<<< HEAD\n');
    expect(await run.give({ token, 'db/password': password })).toMatchObject({ code: 0 });
  });

  test('nor does another environment, its cluster, or what it waives', async () => {
    const run = sealRun();
    run.edit('systems/mail/system.yaml', 'mail:1.0.0\n', `mail:1.0.0\n      env: { SMTP_PASSWORD: changeme }\n`);
    run.edit('clusters/east/one.yaml', '    mail: { namespace: mail-one }\n', '');
    const waiver = 'notSecret: [{ at: components.mail.env.SMTP_PASSWORD, reason: it opens nothing }]';
    run.edit('clusters/west/two.yaml', 'namespace: mail-two', `namespace: mail-two, ${waiver}`);
    expect(await run.give({ token, 'db/password': password })).toMatchObject({ code: 0 });
    run.edit('clusters/west/two.yaml', 'stage: dev', 'stag: dev');
    run.edit('clusters/west/cluster.yaml', 'kubernetes:', 'kubernete:');
    expect(await run.give({ salt })).toMatchObject({ code: 0 });
  });
});
