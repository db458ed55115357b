import { ValueOfCelAlone } from './expression-errors.ts';

export function exactNumber(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new ValueOfCelAlone(
    `comes to ${value}, and a whole number beyond ±${Number.MAX_SAFE_INTEGER} cannot be kept exactly`,
    'let it be text: `string(…)`, or quotes around the number',
  );
}

export function finiteNumber(value: number): number {
  if (Number.isFinite(value)) return value;
  throw notTaken(String(value), undefined);
}

/** What CEL knows beside the values of JSON: whole numbers without a sign, and what is refused. */
export function ofOwnType(value: object): number {
  const inner: unknown = value.valueOf();
  if (typeof inner === 'bigint') return exactNumber(inner);
  const [what, hint] = described(value);
  throw notTaken(what, hint);
}

function notTaken(what: string, hint: string | undefined): ValueOfCelAlone {
  return new ValueOfCelAlone(`comes to ${what}, and a field takes text, numbers, true and false, lists and maps alone`, hint);
}

function described(value: object): [what: string, hint: string | undefined] {
  if (value instanceof Date) return ['a timestamp', 'ask it for a number, as by `.getFullYear()`, or write it as text'];
  if (value instanceof Uint8Array) return ['bytes', 'make text of them: `string(…)`, `.base64()`, `.hex()`'];
  if (Object.prototype.toString.call(value) === '[object google.protobuf.Duration]')
    return ['a duration', 'ask it for a number, as by `.getSeconds()`, or write it as text'];
  return ['a type', undefined];
}
