import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { certificateId } from '../../src/sealing/certificate.ts';
import { throwawayCertificate, throwawayPath, throwawayText } from '../sealing/throwaway.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { files, one, opened, readSealed, type SealRun, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';

const [password, token, salt] = ['password', 'token', 'salt'].map(secretValue) as [string, string, string];
const account = { 'account/password': password };

/** The controller of cluster east has another certificate from now on. */
function useCertificate(run: SealRun, name: string): void {
  run.edit('clusters/east/cluster.yaml', throwawayCertificate('valid').fingerprint, throwawayCertificate(name).fingerprint);
  writeFileSync(join(run.folder, 'clusters/east/sealing.pem'), throwawayText(`${name}.pem`));
}

async function rotatedFleet(): Promise<SealRun> {
  const run = sealRun();
  expect(await run.give({ 'db/password': password, token, salt, ...account })).toMatchObject({ code: 0 });
  for (const file of [files.db, files.session, files.account]) run.edit(file, 'since=20', 'since=19');
  useCertificate(run, 'other');
  return run;
}

describe('when the controller has another certificate', () => {
  test('status says what hangs on the old one', async () => {
    const run = await rotatedFleet();
    const { code, out } = await run.seal(['--status', ...one]);
    expect(code).toBe(1);
    expect(out).toContain("token: sealed for another certificate than the cluster's: `stowage seal --rotate-certificate`");
  });

  const kubectl = (kind: string, items: unknown) => stringify({ apiVersion: 'v1', kind, items });
  const secret = (name: string) => ({
    kind: 'Secret',
    metadata: { name: `sealed-secrets-key-${name}` },
    data: { 'tls.crt': '', 'tls.key': Buffer.from(throwawayText(`${name}.key`)).toString('base64') },
  });

  test.each([
    ['as PEM', throwawayText('valid.key')],
    ['as kubectl prints the Secrets', kubectl('List', [secret('other'), secret('valid')])],
  ])('the keys of the controller, %s, are enough to encrypt all of it anew', async (_, keys) => {
    const run = await rotatedFleet();
    const path = join(temporaryFolder(new Map([['keys', keys]])), 'keys');
    const before = opened(run, files.db);
    const macs = run.text(files.db).match(/mac=\S+/g);
    const ended = await run.seal([...one, '--rotate-certificate', '--private-key', path]);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('  password: re-encrypted\n  url: re-encrypted\n');
    expect(ended.out).not.toContain('will restart');
    expect(opened(run, files.db, 'other')).toEqual(before);
    for (const [, record] of readSealed(run, files.db).record)
      expect(record).toMatchObject({
        certificate: certificateId(throwawayCertificate('other')),
        since: expect.stringMatching(/^19/),
      });
    expect(run.text(files.db).match(/mac=\S+/g)).toEqual(macs);
    expect((await run.seal(['--status', ...one])).code).toBe(0);
  });

  test('the values once more are enough, with all that is made of them', async () => {
    const run = await rotatedFleet();
    const ended = await run.give({ 'db/password': password, token, salt, ...account }, [...one, '--rotate-certificate']);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('  password: re-encrypted\n  url: re-encrypted\n');
    expect(opened(run, files.db, 'other')).toEqual({ password, url: `pg://shop:${password}@shop-db/${token}` });
    expect(run.text(files.session)).toMatch(/token: certificate=\S+ since=19/);
    expect((await run.seal(['--status', ...one])).code).toBe(0);
  });

  test('what nobody can open or make is named', async () => {
    const run = await rotatedFleet();
    const before = run.text(files.session);
    const ended = await run.give({ 'db/password': password }, [...one, '--rotate-certificate']);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('left: one/shop db: url still sealed for another certificate');
    expect(ended.err).toContain(
      'left: one/shop session: token, salt still sealed for another certificate: give the values again',
    );
    expect(run.text(files.session)).toBe(before);
    expect(opened(run, files.db, 'other')).toEqual({ password, url: undefined });
  });

  test('a value that is given is sealed, also where nothing was or all is for the new one', async () => {
    const run = sealRun();
    await run.give({ token });
    const ended = await run.give({ token: `${token}2`, salt }, [...one, '--rotate-certificate']);
    expect(ended.out).toContain('  token: replaced\n  salt: sealed\n');
    expect(opened(run, files.session)).toEqual({ token: `${token}2`, salt });
  });

  test('the same value without rotation keeps its day', async () => {
    const run = await rotatedFleet();
    expect((await run.give({ salt })).out).toContain('  salt: re-encrypted\n');
    expect(run.text(files.session)).toMatch(/salt: certificate=\S+ since=19/);
    expect(opened(run, files.session, 'other')).toEqual({ token: undefined, salt });
  });

  test('a file without keys of a controller is refused', async () => {
    const run = await rotatedFleet();
    const refuse = async (name: string) =>
      (await run.seal([...one, '--rotate-certificate', '--private-key', throwawayPath(name)])).err;
    expect(await refuse('valid.pem')).toContain('valid.pem holds no private key of the controller');
    expect(await refuse('elliptic.key')).toContain('sealed-secrets works with RSA');
    expect(await refuse('none')).toContain('there is no such file');
  });
});

describe('when the namespace has another name', () => {
  async function movedFleet(): Promise<SealRun> {
    const run = sealRun();
    await run.give({ 'db/password': password, token, salt, ...account });
    run.edit('clusters/east/one.yaml', 'shop-one', 'shop-new');
    return run;
  }

  test('status says that it would not unseal, and advises nothing that would not help', async () => {
    const run = await movedFleet();
    const { code, out } = await run.seal(['--status', ...one]);
    expect(code).toBe(1);
    expect(out).toContain('would not unseal');
    expect(out).toContain('salt: sealed for another namespace or name: it would not unseal here');
    expect(out).not.toContain('--generate');
  });

  test('one value of several is not enough: the others would be lost', async () => {
    const run = await movedFleet();
    const before = run.text(files.session);
    const ended = await run.give({ salt });
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('left: one/shop session: token sealed for another namespace or name, where they would be lost');
    expect(run.text(files.session)).toBe(before);
    await run.give({ salt, token });
    expect(readSealed(run, files.session)).toMatchObject({ namespace: 'shop-new' });
    expect(opened(run, files.session)).toEqual({ token, salt });
  });

  test('the keys of the controller move all of it', async () => {
    const run = await movedFleet();
    const ended = await run.seal([...one, '--rotate-certificate', '--private-key', throwawayPath('valid.key')]);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect((await run.seal(['--status', ...one])).code).toBe(0);
    expect(opened(run, files.session)).toEqual({ token, salt });
  });
});

describe('a certificate is refused', () => {
  test.each([
    ['expired', 3, 'the certificate of cluster east cannot be used: it expired on 2021-'],
    ['not-yet', 3, 'cannot be used: it is valid from 2100-'],
    ['short', 1, 'its key has 1024 bits, and fewer than 2048 are not safe'],
    ['elliptic', 1, 'holds a key of type ec, and sealed-secrets works with RSA'],
  ])('that is %s', async (name, code, message) => {
    const run = sealRun();
    useCertificate(run, name);
    const ended = await run.give({ token });
    expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining(message) });
    expect(ended.err).toContain('--fetch-cert');
    expect(() => run.text(files.session)).toThrow('ENOENT');
  });

  test('that is another than the pinned one', async () => {
    const run = sealRun();
    writeFileSync(join(run.folder, 'clusters/east/sealing.pem'), throwawayText('other.pem'));
    const { fingerprint } = throwawayCertificate('valid');
    expect(await run.give({ token })).toMatchObject({
      code: 1,
      err: expect.stringContaining(`and sha256:${fingerprint} is pinned`),
    });
  });

  test('that nobody has pinned', async () => {
    const run = sealRun();
    const { fingerprint } = throwawayCertificate('valid');
    run.edit('clusters/east/cluster.yaml', `, sha256: "${fingerprint}"`, '');
    const ended = await run.give({ token });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining(`write sha256: ${fingerprint}`) });
  });

  test('that is not there', async () => {
    const run = sealRun();
    unlinkSync(join(run.folder, 'clusters/east/sealing.pem'));
    expect(await run.give({ token })).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no file clusters/east/sealing.pem'),
    });
    run.edit('clusters/east/cluster.yaml', '  sealing:', '  # sealing:');
    expect(await run.give({ token })).toMatchObject({ code: 2, err: expect.stringContaining('has no certificate to seal for') });
  });
});
