import { describe, expect, test } from 'vitest';
import { type ControllerKeys, keysOfPem, keysOfSecrets } from '../../src/sealing/controller-keys.ts';
import { throwawayKey, throwawayText } from './throwaway.ts';

const pem = throwawayText('valid.key');
const otherPem = throwawayText('other.key');

function secret(name: string, key: string | undefined) {
  const data = key === undefined ? {} : { 'tls.key': Buffer.from(key).toString('base64'), 'tls.crt': 'eA==' };
  return { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: { name }, data };
}

function found({ keys, problems }: ControllerKeys): unknown[] {
  expect(problems).toEqual([]);
  return keys.map((key) => ['valid', 'other'].find((name) => throwawayKey(name).equals(key)));
}

test('PEM, with other text around it', () => {
  expect(found(keysOfPem(pem))).toEqual(['valid']);
  expect(found(keysOfPem(`${throwawayText('valid.pem')}${otherPem}\n# the old one\n${pem}`))).toEqual(['other', 'valid']);
  const pkcs1 = throwawayKey('valid').export({ type: 'pkcs1', format: 'pem' }).toString().replaceAll('\n', '\r\n');
  expect(found(keysOfPem(pkcs1))).toEqual(['valid']);
});

test('what kubectl prints: one Secret, a List, several documents', () => {
  const [one, two] = [secret('sealed-secrets-key1', pem), secret('sealed-secrets-key2', otherPem)];
  expect(found(keysOfSecrets(one))).toEqual(['valid']);
  expect(found(keysOfSecrets({ apiVersion: 'v1', kind: 'List', items: [one, two] }))).toEqual(['valid', 'other']);
  expect(found(keysOfSecrets([two, { kind: 'List', items: [one] }]))).toEqual(['other', 'valid']);
});

test('one bad Secret does not hide a good one', () => {
  const { keys, problems } = keysOfSecrets({ kind: 'List', items: [secret('broken', 'x'), secret('good', pem)] });
  expect(keys).toHaveLength(1);
  expect(problems).toEqual(['data["tls.key"] of the Secret broken is no RSA private key in PEM']);
});

describe('what is no key is told without a letter of it', () => {
  const locked = throwawayKey('valid').export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'throwaway' });
  const broken = pem.replace(/\n[^-\n]{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
  test.each([
    ['no text', keysOfPem(''), 'there is no private key in PEM'],
    ['a certificate', keysOfPem(throwawayText('valid.pem')), 'there is no private key in PEM'],
    ['a locked key', keysOfPem(locked.toString()), 'private key 1 cannot be read; one with a passphrase'],
    ['a broken key', keysOfPem(broken), 'private key 1 cannot be read'],
    ['a key of a curve', keysOfPem(throwawayText('elliptic.key')), 'private key 1 is of type ec'],
    ['an empty list', keysOfSecrets({ kind: 'List', items: [] }), 'the list of Secrets is empty'],
    ['another Secret', keysOfSecrets(secret('login', undefined)), 'the Secret login has no data["tls.key"]'],
    ['nothing', keysOfSecrets(null), 'a document has no data["tls.key"]'],
    ['a text', keysOfSecrets('throwaway'), 'a document has no data["tls.key"]'],
    ['a Secret with a curve', keysOfSecrets(secret('curve', throwawayText('elliptic.key'))), 'of the Secret curve is no RSA'],
  ])('%s', (_, { keys, problems }, reason) => {
    expect(keys).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(reason);
    for (const line of [...pem.split('\n'), 'throwaway']) if (line.length > 8) expect(problems[0]).not.toContain(line);
  });
});
