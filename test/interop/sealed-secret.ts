import { randomBytes } from 'node:crypto';
import { labelFor, type Scope, scopeAnnotations } from '../../src/sealing/scope.ts';
import { sealValue } from '../../src/sealing/seal-value.ts';
import { type KeyRecord, printSealedRecord, recordAnnotation } from '../../src/sealing/sealed-record.ts';
import { throwawayCertificate } from '../sealing/throwaway.ts';

export const scopes: Scope[] = ['strict', 'namespace-wide', 'cluster-wide'];

export const values: [string, Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.of(0)],
  ['all bytes', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
  ['a megabyte', randomBytes(1 << 20)],
];

export interface SealedSecret {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly annotations?: Record<string, string> };
  readonly spec: {
    readonly encryptedData: Record<string, string>;
    readonly template: { readonly metadata: { readonly annotations?: Record<string, string> }; readonly type?: string };
  };
}

/** A whole document with values that Stowage sealed, as a sealed input file has them. */
export function sealedSecret(
  scope: Scope,
  values: Readonly<Record<string, Uint8Array>>,
  record: ReadonlyMap<string, KeyRecord> = new Map(),
): SealedSecret & { apiVersion: string; kind: string } {
  const place = { name: 'db', namespace: 'shop' };
  const { publicKey } = throwawayCertificate('valid');
  const label = labelFor(scope, place.namespace, place.name);
  const kept: Record<string, string> = record.size > 0 ? { [recordAnnotation]: printSealedRecord(record) } : {};
  const encryptedData = Object.entries(values).map(([key, value]) => [key, sealValue(value, publicKey, label)]);
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { ...place, annotations: { ...scopeAnnotations(scope), ...kept } },
    spec: {
      encryptedData: Object.fromEntries(encryptedData),
      template: { metadata: { ...place, annotations: scopeAnnotations(scope) }, type: 'Opaque' },
    },
  };
}
