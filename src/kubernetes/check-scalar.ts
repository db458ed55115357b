import type { ScalarType } from './schema-types.ts';

export interface ScalarComplaint {
  problem: 'wrong-type' | 'not-allowed';
  message: string;
}

type ScalarCheck = (value: unknown) => ScalarComplaint | undefined;

const quantityPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const base64Pattern = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/;

const checks: Record<ScalarType, ScalarCheck> = {
  string: (value) => (typeof value === 'string' ? undefined : wrongType('a string', value)),
  boolean: (value) => (typeof value === 'boolean' ? undefined : wrongType('true or false', value)),
  integer: (value) => (Number.isInteger(value) ? undefined : wrongType('an integer', value)),
  int32: checkInt32,
  number: (value) => (Number.isFinite(value) ? undefined : wrongType('a number', value)),
  quantity: checkQuantity,
  'int-or-string': (value) =>
    typeof value === 'string' || Number.isInteger(value) ? undefined : wrongType('an integer or a string', value),
  base64: checkBase64,
  anything: () => undefined,
};

export function checkScalar(type: ScalarType, value: unknown): ScalarComplaint | undefined {
  return checks[type](value);
}

export function wrongType(expected: string, value: unknown): ScalarComplaint {
  return { problem: 'wrong-type', message: `expected ${expected}, found ${describeValue(value)}` };
}

export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `the string ${quote(value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean' || value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return value instanceof Date ? 'a date' : 'an object';
  return `a ${typeof value}`;
}

export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

function checkInt32(value: unknown): ScalarComplaint | undefined {
  if (!Number.isInteger(value)) return wrongType('an integer', value);
  if ((value as number) >= -(2 ** 31) && (value as number) < 2 ** 31) return undefined;
  return { problem: 'not-allowed', message: `${String(value)} does not fit in 32 bits` };
}

function checkQuantity(value: unknown): ScalarComplaint | undefined {
  if (typeof value !== 'string' && !Number.isFinite(value)) return wrongType('a quantity such as 1, "100m" or "1Gi"', value);
  const text = String(value);
  if (typeof value === 'string' && !quantityPattern.test(value))
    return { problem: 'not-allowed', message: `${quote(text)} is not a quantity such as 1, "100m" or "1Gi"` };
  // Each is an amount of something, and the API server takes none below zero.
  return /^-.*[1-9]/.test(text) ? { problem: 'not-allowed', message: `${quote(text)} is a quantity below zero` } : undefined;
}

function checkBase64(value: unknown): ScalarComplaint | undefined {
  if (typeof value !== 'string') return wrongType('a string in base64', value);
  const length = value.includes('\n') || value.includes('\r') ? value.replace(/[\r\n]/g, '').length : value.length;
  if (length % 4 === 0 && base64Pattern.test(value)) return undefined;
  // The value is not shown: base64 mostly means a secret.
  return { problem: 'not-allowed', message: 'the string is not base64' };
}
