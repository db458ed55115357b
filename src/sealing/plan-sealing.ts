import type { Assembled, Values } from './assemble-values.ts';
import { certificateId } from './certificate.ts';
import { labelFor } from './scope.ts';
import { type Outcome, reencryptKey, type SealedKey, sealKey, type Workbench } from './seal-key.ts';
import { fits, printSealedFile, type SealedFile } from './sealed-file.ts';
import { type SealingTarget, sealedPath, valueId } from './sealing-target.ts';
import { unsealValue } from './unseal-value.ts';

/** A file as sealing would write it; values are not in it. */
export interface PlannedFile {
  readonly target: SealingTarget;
  readonly path: string;
  /** None when not a byte changes. */
  readonly text: string | undefined;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** What cannot be done with the values at hand. */
export interface Left {
  readonly target: SealingTarget;
  readonly keys: readonly string[];
}

type AtHand = Pick<Assembled, 'values' | 'generated'>;

export interface SealingPlan {
  readonly files: readonly PlannedFile[];
  readonly left: readonly Left[];
}

/** Seals values into the files of their secrets; what is not among them stays as it is. */
export function planSealing(
  targets: readonly SealingTarget[],
  files: ReadonlyMap<string, SealedFile>,
  assembled: AtHand,
  bench: Workbench,
): SealingPlan {
  const planned: PlannedFile[] = [];
  const stranded: Left[] = [];
  for (const target of targets) {
    const found = files.get(sealedPath(target));
    const before = inDeclaredScope(target, found, assembled.values, bench);
    const sealed = sealGiven(target, before, assembled, bench);
    if (sealed.size === 0) continue;
    const left = before === undefined || fits(before, target) ? [] : moveAlong(target, found ?? before, sealed, bench);
    if (left.length > 0) stranded.push({ target, keys: left });
    else planned.push(plannedFile(target, before, sealed));
  }
  return { files: planned, left: stranded };
}

/** Encrypts for the certificate of today what was sealed for another, as far as somebody can open it. */
export function planCertificateRotation(
  targets: readonly SealingTarget[],
  files: ReadonlyMap<string, SealedFile>,
  assembled: AtHand,
  bench: Workbench,
): SealingPlan {
  const planned: PlannedFile[] = [];
  const left: Left[] = [];
  for (const target of targets) {
    const found = files.get(sealedPath(target));
    const before = inDeclaredScope(target, found, assembled.values, bench);
    // A value that was given is sealed, whether its certificate is an old one or not.
    const sealed = sealGiven(target, before, assembled, bench);
    const stays: string[] = [];
    for (const [name, blob] of before?.encrypted ?? []) {
      if (found === undefined || before === undefined || sealed.has(name)) continue;
      if (!needsCertificate(name, target, before, bench)) continue;
      const opened = open(blob, found, bench);
      if (opened !== undefined) sealed.set(name, reencryptKey(opened, name, target, before, bench));
      else stays.push(name);
    }
    if (stays.length > 0) left.push({ target, keys: stays });
    // In a file for another place what stays would be lost with the rest.
    if (sealed.size > 0 && (stays.length === 0 || before === undefined || fits(before, target)))
      planned.push(plannedFile(target, before, sealed));
  }
  return { files: planned, left };
}

function sealGiven(
  target: SealingTarget,
  before: SealedFile | undefined,
  { values, generated }: AtHand,
  bench: Workbench,
): Map<string, SealedKey> {
  const sealed = new Map<string, SealedKey>();
  for (const key of target.keys) {
    const id = valueId(target.secret, key.key);
    const bytes = values.get(id);
    if (bytes !== undefined) sealed.set(key.key, sealKey({ bytes, generated: generated.has(id) }, key, target, before, bench));
  }
  return sealed;
}

/**
 * A file in another scope than the declared one counts as one for another place as soon as all of it is at hand:
 * then it is sealed anew as declared. Until then its scope stays, or what is left would not open.
 */
function inDeclaredScope(
  target: SealingTarget,
  file: SealedFile | undefined,
  values: Values,
  bench: Workbench,
): SealedFile | undefined {
  if (file === undefined || file.scope === target.scope) return file;
  const isAtHand = ([key, blob]: [string, string]) =>
    values.has(valueId(target.secret, key)) || open(blob, file, bench) !== undefined;
  return [...file.encrypted].every(isAtHand) ? { ...file, scope: 'strict', namespace: undefined, name: undefined } : file;
}

/** Whether a ciphertext is for another certificate than today's, or for another place. */
export function needsCertificate(
  key: string,
  target: SealingTarget,
  before: SealedFile | undefined,
  { certificate }: Workbench,
): boolean {
  if (before === undefined || !before.encrypted.has(key)) return false;
  return before.record.get(key)?.certificate !== certificateId(certificate) || !fits(before, target);
}

/** The value behind a ciphertext, for whoever has the controller's keys. */
export function open(blob: string, { scope, namespace, name }: SealedFile, { privateKeys }: Workbench): Buffer | undefined {
  return unsealValue(blob, privateKeys, labelFor(scope, namespace ?? '', name ?? ''));
}

/** What a file for another place holds besides the values at hand is opened and sealed anew; the rest is named. */
function moveAlong(target: SealingTarget, before: SealedFile, sealed: Map<string, SealedKey>, bench: Workbench): string[] {
  const left: string[] = [];
  for (const [name, blob] of before.encrypted) {
    if (sealed.has(name)) continue;
    const value = open(blob, before, bench);
    if (value === undefined) left.push(name);
    else sealed.set(name, reencryptKey(value, name, target, before, bench));
  }
  return left;
}

function plannedFile(target: SealingTarget, before: SealedFile | undefined, sealed: ReadonlyMap<string, SealedKey>): PlannedFile {
  const outcomes = new Map([...sealed].map(([key, { outcome }]) => [key, outcome]));
  const path = sealedPath(target);
  if ([...outcomes.values()].every((outcome) => outcome === 'unchanged')) return { target, path, text: undefined, outcomes };
  const encrypted = new Map(before?.encrypted);
  const record = new Map(before?.record);
  for (const [key, { blob, record: known }] of sealed) {
    encrypted.set(key, blob);
    record.set(key, known);
  }
  // In the order of the declaration, so that a new key does not move the others.
  const order = [...new Set([...target.keys.map(({ key }) => key), ...encrypted.keys()])].filter((key) => encrypted.has(key));
  const inOrder = <Value>(map: ReadonlyMap<string, Value>) =>
    new Map(order.flatMap((key) => (map.has(key) ? [[key, map.get(key) as Value] as const] : [])));
  return { target, path, text: printSealedFile(target, inOrder(encrypted), inOrder(record), before), outcomes };
}
