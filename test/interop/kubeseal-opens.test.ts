import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keysOfSecrets } from '../../src/sealing/controller-keys.ts';
import { throwawayKey, throwawayPath, throwawayText } from '../sealing/throwaway.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { recover, valuesOf } from './kubeseal.ts';
import { scopes, sealedSecret, values } from './sealed-secret.ts';

describe.each(scopes)('sealed by Stowage, %s', (scope) => {
  test.each(values)('kubeseal finds %s', (_, value) => {
    const { stdout, stderr } = recover(sealedSecret(scope, { key: value, beside: Buffer.from('it') }));
    expect(stderr).toBe('');
    const { key, beside } = valuesOf(stdout);
    expect(key?.equals(value)).toBe(true);
    expect(beside?.toString()).toBe('it');
  });

  test('kubeseal opens it elsewhere only as far as the scope goes', () => {
    const sealed = sealedSecret(scope, { key: Buffer.from('throwaway') });
    const opens = (place: object) => recover({ ...sealed, metadata: { ...sealed.metadata, ...place } }).ok;
    expect(opens({})).toBe(true);
    expect(opens({ name: 'other' })).toBe(scope !== 'strict');
    expect(opens({ namespace: 'other' })).toBe(scope === 'cluster-wide');
    for (const annotations of others(scope)) expect(opens({ annotations })).toBe(false);
  });

  test('kubeseal refuses another key, and a blob that was changed', () => {
    const sealed = sealedSecret(scope, { key: Buffer.from('throwaway') });
    expect(recover(sealed, throwawayPath('other.key')).ok).toBe(false);
    const blob = Buffer.from(sealed.spec.encryptedData.key as string, 'base64');
    blob[blob.length - 20] = (blob[blob.length - 20] as number) ^ 1;
    sealed.spec.encryptedData.key = blob.toString('base64');
    expect(recover(sealed).ok).toBe(false);
  });
});

function others(scope: string) {
  const all = scopes.filter((other) => other !== scope).map((other) => sealedSecret(other, {}).metadata.annotations);
  expect(all).toHaveLength(2);
  return all;
}

test('the Secrets in which a controller keeps its keys are read as kubeseal reads them', () => {
  const items = ['other', 'valid'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `sealed-secrets-key-${name}` },
    data: { 'tls.key': Buffer.from(throwawayText(`${name}.key`)).toString('base64') },
  }));
  const list = { apiVersion: 'v1', kind: 'List', items };
  const path = join(temporaryFolder(), 'keys.json');
  writeFileSync(path, JSON.stringify(list));
  expect(valuesOf(recover(sealedSecret('strict', { key: Buffer.from('it') }), path).stdout).key?.toString()).toBe('it');
  expect(keysOfSecrets(list).keys.map((key) => key.equals(throwawayKey('valid')))).toEqual([false, true]);
});
