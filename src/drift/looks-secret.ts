import { asMap } from '../model/pod-specs.ts';
import { findInValue } from '../plaintext/find-secrets.ts';
import { parsePath } from '../plan/field-path.ts';

/** Whether a value, or anything in it, is better not shown: somebody may have written a secret where none belongs. */
export function looksSecret(field: string | undefined, value: unknown): boolean {
  const steps = parsePath(field ?? '');
  // Of `env[TOKEN].value` the variable is what tells.
  const name = steps.at(-1) === 'value' ? steps.at(-2) : steps.at(-1);
  return isSecretIn(name, value);
}

function isSecretIn(name: string | undefined, value: unknown): boolean {
  if (typeof value === 'string') return findInValue(name, value).length > 0;
  if (Array.isArray(value)) return value.some((item) => isSecretIn(name, item));
  const map = asMap(value) ?? {};
  const own = typeof map.name === 'string' ? map.name : undefined;
  return Object.entries(map).some(([key, child]) => isSecretIn(key === 'value' && own !== undefined ? own : key, child));
}
