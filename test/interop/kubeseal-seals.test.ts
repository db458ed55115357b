import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { printYaml } from '../../src/model/print-yaml.ts';
import { certificateId, refuseCertificate } from '../../src/sealing/certificate.ts';
import { labelFor, type Scope, scopeAnnotations, scopeOf } from '../../src/sealing/scope.ts';
import { blobDigest, type KeyRecord, readSealedRecord, recordAnnotation } from '../../src/sealing/sealed-record.ts';
import { looksSealed, unsealValue } from '../../src/sealing/unseal-value.ts';
import { throwawayCertificate, throwawayKey, throwawayPath, throwawayText } from '../sealing/throwaway.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { kubeseal, kubesealClean, recover, valuesOf } from './kubeseal.ts';
import { type SealedSecret, scopes, sealedSecret, values } from './sealed-secret.ts';

const key = throwawayKey('valid');
const certificate = ['--cert', throwawayPath('valid.pem')];

function secret(values: Readonly<Record<string, Uint8Array>>): string {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
  return JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, data });
}

function open(blob: string | undefined, scope: Scope, namespace = 'shop', name = 'db') {
  return unsealValue(blob as string, [key], labelFor(scope, namespace, name));
}

describe.each(scopes)('sealed by kubeseal, %s', (scope) => {
  test.each(values)('Stowage finds %s', (_, value) => {
    const sealed: SealedSecret = JSON.parse(kubesealClean(secret({ key: value }), ...certificate, '--scope', scope));
    const blob = sealed.spec.encryptedData.key;
    expect(looksSealed(blob as string)).toBe(true);
    expect(open(blob, scope)?.equals(value)).toBe(true);
  });

  test.each(values)('Stowage finds %s in a raw value', (_, value) => {
    const raw = kubesealClean(value, ...certificate, '--raw', '--scope', scope, '--namespace', 'shop', '--name', 'db');
    expect(looksSealed(raw)).toBe(true);
    expect(open(raw, scope)?.equals(value)).toBe(true);
  });

  test('the annotations are those that Stowage writes', () => {
    const sealed: SealedSecret = JSON.parse(kubesealClean(secret({ key: Buffer.of(1) }), ...certificate, '--scope', scope));
    expect(sealed.metadata.annotations ?? {}).toEqual(scopeAnnotations(scope));
    expect(sealed.spec.template.metadata.annotations ?? {}).toEqual(scopeAnnotations(scope));
    expect(scopeOf(sealed.metadata.annotations ?? {})).toBe(scope);
  });

  test('Stowage opens it elsewhere only as far as the scope goes', () => {
    const raw = kubesealClean('it', ...certificate, '--raw', '--scope', scope, '--namespace', 'shop', '--name', 'db');
    expect(open(raw, scope, 'shop', 'other') !== undefined).toBe(scope !== 'strict');
    expect(open(raw, scope, 'other', 'db') !== undefined).toBe(scope === 'cluster-wide');
    for (const other of scopes) expect(open(raw, other) !== undefined).toBe(other === scope);
  });

  test('--merge-into a file that Stowage wrote keeps what it does not touch, and what was known of the rest', () => {
    const known: KeyRecord = { certificate: certificateId(throwawayCertificate('valid')), since: '2026-11-21' };
    const draft = sealedSecret(scope, { kept: Buffer.from('old'), changed: Buffer.from('old') });
    const record = new Map(
      Object.entries(draft.spec.encryptedData).map(([key, blob]) => [key, { ...known, blob: blobDigest(blob) }]),
    );
    const written = { ...sealedSecret(scope, {}, record), spec: draft.spec };
    const path = join(temporaryFolder(), 'db.yaml');
    writeFileSync(path, printYaml(written));

    const update = secret({ changed: Buffer.from('new'), added: Buffer.from('new') });
    kubesealClean(update, ...certificate, '--scope', scope, '--format', 'yaml', '--merge-into', path);

    const merged: SealedSecret = parse(readFileSync(path, 'utf8'));
    expect(merged.metadata).toMatchObject(written.metadata);
    expect(merged.spec.template).toMatchObject({ type: 'Opaque' });
    const { encryptedData } = merged.spec;
    expect(encryptedData.kept).toBe(draft.spec.encryptedData.kept);
    const found = Object.entries(encryptedData).map(([key, blob]) => [key, open(blob, scope)?.toString()]);
    expect(Object.fromEntries(found)).toEqual({ kept: 'old', changed: 'new', added: 'new' });
    expect(Object.keys(valuesOf(recover(merged).stdout))).toHaveLength(3);
    const read = readSealedRecord(merged.metadata.annotations?.[recordAnnotation], (key) => encryptedData[key]);
    expect([...read.keys()]).toEqual(['kept']);
  });
});

describe('a certificate', () => {
  const seal = (path: string) => kubeseal(secret({ key: Buffer.from('it') }), '--cert', path);

  test.each(['expired', 'elliptic'])('that is %s is refused by both', (name) => {
    expect(seal(throwawayPath(`${name}.pem`)).ok).toBe(false);
    expect(refuseCertificate(throwawayCertificate(name), undefined, new Date())).toBeDefined();
  });

  test('stands first in its file for both', () => {
    const path = join(temporaryFolder(), 'both.pem');
    writeFileSync(path, throwawayText('valid.pem') + throwawayText('other.pem'));
    expect(open(JSON.parse(seal(path).stdout).spec.encryptedData.key, 'strict')?.toString()).toBe('it');
  });
});
