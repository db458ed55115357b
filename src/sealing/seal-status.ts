import { certificateId, type SealingCertificate } from './certificate.ts';
import { fits, type SealedFile } from './sealed-file.ts';
import { type SealingKey, type SealingTarget, sealedPath } from './sealing-target.ts';

/**
 * default: no secret, and nobody sealed one in its place; elsewhere: would not unseal here, since it was
 * sealed under another name or in another namespace; stale: its text is composed otherwise by now; other
 * certificate, unknown certificate: whether the controller still has the key for it is not known here.
 */
export type KeyState = 'sealed' | 'missing' | 'default' | 'elsewhere' | 'stale' | 'other certificate' | 'unknown certificate';

export interface KeyStatus {
  readonly key: string;
  readonly state: KeyState;
  /** Day on which the value last changed, where that is known. */
  readonly since: string | undefined;
  readonly readers: readonly string[];
  /** Whether its declaration says how a value is made. */
  readonly canBeMade: boolean;
  /** A sealed key that is not declared, or that no pod reads. */
  readonly unread: boolean;
}

export interface SecretStatus {
  readonly target: SealingTarget;
  readonly path: string;
  readonly present: boolean;
  /** Sealed more widely or narrowly than declared. */
  readonly otherScope: string | undefined;
  readonly keys: readonly KeyStatus[];
}

export function sealStatus(
  target: SealingTarget,
  files: ReadonlyMap<string, SealedFile>,
  certificate: SealingCertificate | undefined,
): SecretStatus {
  const path = sealedPath(target);
  const file = files.get(path);
  const declared = new Set(target.keys.map(({ key }) => key));
  const undeclared = [...(file?.encrypted.keys() ?? [])].filter((key) => !declared.has(key));
  return {
    target,
    path,
    present: file !== undefined,
    otherScope: file !== undefined && file.scope !== target.scope ? file.scope : undefined,
    keys: [
      ...target.keys.map((key) => ({
        key: key.key,
        state: keyState(key, target, file, certificate),
        since: file?.record.get(key.key)?.since,
        readers: key.readers,
        canBeMade: key.generate !== undefined,
        unread: key.readers.length === 0 && (file?.encrypted.has(key.key) ?? false),
      })),
      ...undeclared.map((key) => ({
        key,
        state: 'sealed' as const,
        since: file?.record.get(key)?.since,
        readers: [],
        canBeMade: false,
        unread: true,
      })),
    ],
  };
}

export function keyState(
  { key, default: usual, composed }: SealingKey,
  target: SealingTarget,
  file: SealedFile | undefined,
  certificate: SealingCertificate | undefined,
): KeyState {
  if (file === undefined || !file.encrypted.has(key)) return usual === undefined ? 'missing' : 'default';
  if (!fits(file, target)) return 'elsewhere';
  const record = file.record.get(key);
  if (composed !== undefined && record?.text !== undefined && record.text !== composed.digest) return 'stale';
  if (record === undefined) return 'unknown certificate';
  return certificate === undefined || record.certificate === certificateId(certificate) ? 'sealed' : 'other certificate';
}

/** What a person has to do something about. */
export function isAmiss({ target, keys, otherScope }: SecretStatus): boolean {
  const wrong = (state: KeyState) => state !== 'sealed' && state !== 'default';
  return (
    !target.external && (otherScope !== undefined || keys.some(({ state, unread }) => unread || (target.used && wrong(state))))
  );
}
