import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import { type Scope, scopeOf } from '../sealing/scope.ts';
import { readSealedRecord, recordAnnotation, type SealedRecord } from '../sealing/sealed-record.ts';
import { mapOf } from './layers.ts';
import type { ResolvedSecret } from './resolved.ts';

/** What a sealed file says of its values. */
export interface SealedValues {
  /** Ciphertext by key. */
  readonly values: Readonly<Record<string, Tracked>>;
  readonly record: SealedRecord;
  readonly scope: Scope;
}

export function sealedValues(sealed: Tracked): SealedValues {
  const values = mapOf(atPath(sealed, ['spec', 'encryptedData']));
  const annotations = annotationsOf(sealed);
  return {
    values,
    record: readSealedRecord(annotations[recordAnnotation], (key) =>
      Object.hasOwn(values, key) ? values[key]?.value : undefined,
    ),
    scope: scopeOf(annotations),
  };
}

function annotationsOf(sealed: Tracked): Record<string, string> {
  const written = mapOf(atPath(sealed, ['metadata', 'annotations']));
  return Object.fromEntries(
    Object.entries(written).flatMap(([name, { value }]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** Keys without a value: neither sealed nor with a default. */
export function missingKeys({ declaration, sealed }: Pick<ResolvedSecret, 'declaration' | 'sealed'>): string[] {
  const values = mapOf(atPath(sealed, ['spec', 'encryptedData']));
  return Object.entries(mapOf(declaration.value.keys as Tracked))
    .filter(([key, declared]) => !Object.hasOwn(values, key) && childOf(declared, 'default') === undefined)
    .map(([key]) => key);
}
