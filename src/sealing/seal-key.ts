import type { KeyObject } from 'node:crypto';
import { certificateId, type SealingCertificate } from './certificate.ts';
import { labelFor } from './scope.ts';
import { sealValue } from './seal-value.ts';
import { fits, type SealedFile } from './sealed-file.ts';
import { blobDigest, type KeyRecord } from './sealed-record.ts';
import type { SealingKey, SealingTarget } from './sealing-target.ts';
import { type MacKey, macOf, sameMac } from './value-mac.ts';

/** With what sealing is done, and when. */
export interface Workbench {
  readonly certificate: SealingCertificate;
  /** Tells whether a value is the one that was sealed; without it every value counts as another. */
  readonly macKey: MacKey | undefined;
  /** As YYYY-MM-DD. */
  readonly today: string;
  /** The controller's private keys, where somebody gave them. */
  readonly privateKeys: readonly KeyObject[];
}

/**
 * unchanged: not a byte; re-encrypted: the same value for another certificate; sealed: the first value;
 * replaced: another value; sealed again: nobody can tell whether it is another.
 */
export type Outcome = 'unchanged' | 're-encrypted' | 'sealed' | 'replaced' | 'sealed again';

export interface Value {
  readonly bytes: Uint8Array;
  /** Whether chance made it; only such a value is replaced when values are rotated. */
  readonly generated: boolean;
}

export interface SealedKey {
  readonly outcome: Outcome;
  readonly blob: string;
  readonly record: KeyRecord;
}

/** A value for a key: the ciphertext that is there stays unless value, certificate or place are others. */
export function sealKey(
  { bytes, generated }: Value,
  { key, composed }: SealingKey,
  target: SealingTarget,
  before: SealedFile | undefined,
  bench: Workbench,
): SealedKey {
  const { certificate, macKey, today } = bench;
  const place = placeOf(target, key);
  const [blob, known] = [before?.encrypted.get(key), before?.record.get(key)];
  const compared = macKey === undefined ? 'unknown' : sameMac(macKey, place, bytes, known?.mac);
  const mark = certificateId(certificate);
  const text = composed?.digest;
  const placed = before !== undefined && fits(before, target);
  if (blob !== undefined && placed && compared === 'same' && known?.certificate === mark && known.text === text)
    return { outcome: 'unchanged', blob, record: known };
  const scope = placed ? before.scope : target.scope;
  const sealed = sealValue(bytes, certificate.publicKey, labelFor(scope, target.namespace, target.name));
  const same = blob !== undefined && compared === 'same' && known !== undefined;
  const mac = macKey === undefined ? undefined : macOf(macKey, place, bytes);
  const record = {
    certificate: mark,
    since: same ? known.since : today,
    ...(mac === undefined ? {} : { mac }),
    ...(text === undefined ? {} : { text }),
    ...(generated || (same && known.made !== undefined) ? { made: 'generated' } : {}),
    blob: blobDigest(sealed),
  };
  const outcome = blob === undefined ? 'sealed' : same ? 're-encrypted' : compared === 'unknown' ? 'sealed again' : 'replaced';
  return { outcome, blob: sealed, record };
}

/** The same value for the certificate of today, as the controller's keys give it. */
export function reencryptKey(
  value: Uint8Array,
  key: string,
  target: SealingTarget,
  before: SealedFile,
  { certificate, macKey, today }: Workbench,
): SealedKey {
  const known = before.record.get(key);
  const scope = fits(before, target) ? before.scope : target.scope;
  const mac = known?.mac ?? (macKey === undefined ? undefined : macOf(macKey, placeOf(target, key), value));
  const blob = sealValue(value, certificate.publicKey, labelFor(scope, target.namespace, target.name));
  const record = {
    ...known,
    certificate: certificateId(certificate),
    since: known?.since ?? today,
    ...(mac === undefined ? {} : { mac }),
    blob: blobDigest(blob),
  };
  return { outcome: 're-encrypted', blob, record };
}

/** Whether a value is certainly the one that is sealed already. */
export function isSealedValue(
  value: Uint8Array,
  { key }: SealingKey,
  target: SealingTarget,
  before: SealedFile | undefined,
  { macKey }: Workbench,
): boolean {
  if (macKey === undefined || before?.encrypted.has(key) !== true) return false;
  return sameMac(macKey, placeOf(target, key), value, before.record.get(key)?.mac) === 'same';
}

function placeOf({ environment, system, secret }: SealingTarget, key: string) {
  return { environment, system, secret, key };
}
