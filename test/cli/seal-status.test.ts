import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { throwawayCertificate, throwawayPath, throwawayText } from '../sealing/throwaway.ts';
import { referenceInputs, searchedFolder } from '../support/fleet-files.ts';
import { files, macKey, one, opened, readSealed, type SealRun, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';

const [password, token, salt] = ['password', 'token', 'salt'].map(secretValue) as [string, string, string];
const all = { 'db/password': password, token, salt, 'account/password': password };

async function complete(): Promise<SealRun> {
  const run = sealRun();
  expect(await run.give(all)).toMatchObject({ code: 0 });
  expect(await run.seal(['-e', 'one', '--generate'])).toMatchObject({ code: 0 });
  return run;
}

interface Status {
  readonly ok: boolean;
  readonly certificates: readonly object[];
  readonly secrets: readonly {
    environment: string;
    system: string;
    secret: string;
    amiss: boolean;
    keys: { key: string; state: string }[];
  }[];
  readonly unused: readonly string[];
}

async function statusOf(run: SealRun, words: readonly string[] = ['-e', 'one']): Promise<Status> {
  return JSON.parse((await run.seal(['--status', '--json', ...words])).out);
}

async function stateOf(run: SealRun, secret: string, key: string): Promise<unknown> {
  const { secrets } = await statusOf(run);
  return secrets.find((entry) => entry.system === 'shop' && entry.secret === secret)?.keys.find((entry) => entry.key === key);
}

describe('a table of secrets by environments', () => {
  let run: SealRun;
  beforeAll(async () => {
    run = await complete();
  });

  test('says how old all is where it is well, and what is missing elsewhere', async () => {
    const { code, out } = await run.seal(['--status']);
    expect(code).toBe(1);
    expect(out).toMatch(/^ {14}one {9}two\nshop\/db {7}sealed 0 d {2}2 missing\n/);
    expect(out).toContain(
      'two/mail made (clusters/west/sealed/two/mail/made.yaml)\n  base64: missing (read by Deployment/mail-mail)',
    );
    expect(out).toContain('→ stowage seal -e two -s mail made --generate\n');
    expect(out).toContain('→ stowage seal -e two -s shop session\n');
    // No component that is on reads it.
    expect(out).not.toContain('cache');
  });

  test('ends with 0 where all is sealed', async () => {
    const { code, out } = await run.seal(['--status', '-e', 'one']);
    expect(code).toBe(0);
    expect(out).toContain('all that is declared and used is sealed\n');
    expect(await run.seal(['--status', '-e', 'one', '--quiet'])).toEqual({ code: 0, out: '', err: '' });
  });

  test('--quiet leaves only what somebody has to do something about', async () => {
    const { code, out } = await run.seal(['--status', '-e', 'two', '-s', 'shop', '-q']);
    expect(code).toBe(1);
    expect(out).toMatch(/^two\/shop db /);
  });

  test('--json has all of it', async () => {
    const status = await statusOf(run);
    expect(status).toMatchObject({ command: 'seal', ok: true, unused: [] });
    expect(status.certificates).toEqual([
      { cluster: 'east', sha256: throwawayCertificate('valid').fingerprint, notAfter: expect.stringMatching(/^21/) },
    ]);
    expect(status.secrets[0]).toMatchObject({
      ...{ cluster: 'east', environment: 'one', system: 'shop', secret: 'db', namespace: 'shop-one', name: 'shop-db' },
      ...{ scope: 'strict', used: true, external: false, path: files.db, present: true, otherScope: null, amiss: false },
      keys: [
        { key: 'user', state: 'default', since: null, readers: ['StatefulSet/shop-db'], unread: false },
        {
          key: 'password',
          state: 'sealed',
          since: expect.stringMatching(/^20/),
          readers: ['StatefulSet/shop-db'],
          unread: false,
        },
        { key: 'url', state: 'sealed', since: expect.stringMatching(/^20/), readers: ['Deployment/shop-web'], unread: false },
      ],
    });
  });

  test('is told of one environment of the reference fleet, whose pipeline names others', async () => {
    const { code, out, err } = await sealRun(searchedFolder(referenceInputs())).seal(['--status', '--json', '-e', 'dev']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(new Set((JSON.parse(out) as Status).secrets.map(({ environment }) => environment))).toEqual(new Set(['dev']));
  });

  test('writes nothing', async () => {
    const before = run.text(files.db);
    await run.seal(['--status'], { STOWAGE_MAC_KEY: 'not a key' });
    expect(run.text(files.db)).toBe(before);
  });
});

describe('what is amiss', () => {
  test('a file that other means wrote has no record, and takes one when its values are given', async () => {
    const run = await complete();
    const record = /^ {2}annotations:\n(?: {4}.*\n)+/m;
    writeFileSync(join(run.folder, files.session), run.text(files.session).replace(record, ''));
    expect(readSealed(run, files.session).record.size).toBe(0);
    expect(await stateOf(run, 'session', 'token')).toMatchObject({ state: 'unknown certificate', since: null });
    expect((await run.seal(['--status', ...one])).out).toContain('sealed by other means: for which certificate is not known');
    const ended = await run.give({ token, salt, 'db/password': password });
    expect(ended.out).toContain('  token: sealed again\n');
    expect(await stateOf(run, 'session', 'token')).toMatchObject({ state: 'sealed' });
  });

  test('a value that was put in place of another by hand is not taken for that one', async () => {
    const run = await complete();
    const { encrypted } = readSealed(run, files.session);
    run.edit(files.session, `token: ${encrypted.get('token')}`, `token: ${encrypted.get('salt')}`);
    expect(await stateOf(run, 'session', 'token')).toMatchObject({ state: 'unknown certificate' });
    await run.give({ token, 'db/password': password });
    expect(opened(run, files.session)).toEqual({ token, salt });
  });

  test('a scope that is not the declared one', async () => {
    const run = await complete();
    run.edit('systems/mail/system.yaml', 'namespace-wide', 'strict');
    const { code, out } = await run.seal(['--status', '-e', 'one']);
    expect(code).toBe(1);
    expect(out).toContain('mail/made     namespace-wide\n');
    expect(out).toContain('  sealed namespace-wide, and declared strict: give all its values again, or `--rotate');
    const before = opened(run, files.made);
    const ended = await run.seal([
      '-e',
      'one',
      '-s',
      'mail',
      '--rotate-certificate',
      '--private-key',
      throwawayPath('valid.key'),
    ]);
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('  hex: re-encrypted\n') });
    expect(readSealed(run, files.made).scope).toBe('strict');
    expect(opened(run, files.made)).toEqual(before);
    expect((await run.seal(['--status', '-e', 'one'])).code).toBe(0);
  });

  test('a scope changes once all values are at hand, and not before', async () => {
    const run = await complete();
    run.edit('systems/shop/system.yaml', '    session:\n', '    session:\n      scope: cluster-wide\n');
    await run.give({ salt: `${salt}2` }, [...one, 'session/salt']);
    expect(readSealed(run, files.session).scope).toBe('strict');
    expect(opened(run, files.session)).toEqual({ token, salt: `${salt}2` });
    await run.give({ salt, token, 'db/password': password });
    expect(readSealed(run, files.session).scope).toBe('cluster-wide');
    expect(opened(run, files.session)).toEqual({ token, salt });
  });

  test('a key that nothing reads, declared or not', async () => {
    const run = await complete();
    run.edit('systems/shop/system.yaml', '        SALT: "${secrets.session.salt}"\n', '');
    run.edit('systems/mail/system.yaml', '        p256: ', '        elliptic: ');
    const { out } = await run.seal(['--status', '-e', 'one']);
    expect(out).toContain('  salt: sealed, and nothing reads it\n');
    expect(out).toContain('  p256: sealed, and nothing reads it\n');
    expect(out).toContain('  elliptic: missing');
  });

  test('a file that no declaration stands for', async () => {
    const run = await complete();
    const stray = 'clusters/east/sealed/one/shop/stray.yaml';
    mkdirSync(dirname(join(run.folder, stray)), { recursive: true });
    writeFileSync(join(run.folder, stray), run.text(files.session));
    const { code, out } = await run.seal(['--status', '-e', 'one']);
    expect(code).toBe(1);
    expect(out).toContain(`${stray}\n  nothing declares this secret: remove the file, or declare it\n`);
    expect((await statusOf(run)).unused).toEqual([stray]);
    expect(await run.seal(['--status', '-e', 'one', '-s', 'mail'])).toMatchObject({ code: 0 });
  });

  test('numbers and lists where texts belong are no values', async () => {
    const run = await complete();
    writeFileSync(
      join(run.folder, files.session),
      'kind: SealedSecret\nmetadata: {annotations: {stowage.dev/sealed: 5}}\nspec: {encryptedData: {token: 7, salt: [x]}}\n',
    );
    expect(await stateOf(run, 'session', 'token')).toMatchObject({ state: 'missing' });
    expect((await run.seal([...one, '--rotate-certificate'])).code).toBe(0);
    expect((await run.give({ token, salt, 'db/password': password })).code).toBe(0);
    expect(opened(run, files.session)).toEqual({ token, salt });
  });

  test('a certificate that expired', async () => {
    const run = await complete();
    run.edit(
      'clusters/east/cluster.yaml',
      throwawayCertificate('valid').fingerprint,
      throwawayCertificate('expired').fingerprint,
    );
    writeFileSync(join(run.folder, 'clusters/east/sealing.pem'), throwawayText('expired.pem'));
    const { out } = await run.seal(['--status', '-e', 'one'], { STOWAGE_MAC_KEY: macKey });
    expect(out).toMatch(/the certificate of cluster east expired on 2021-\d\d-\d\d: `stowage seal --fetch-cert`/);
  });
});
