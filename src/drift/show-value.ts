import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { looksLikeSecret } from '../plaintext/find-secrets.ts';
import type { Steps } from './steps.ts';

/** Values of a difference as they may be shown; none where either could be a secret. */
export type Shown = { readonly declared?: unknown; readonly live?: unknown } | { readonly concealed: true };

export function showValues(object: PlainObject, steps: Steps, declared: unknown, live: unknown): Shown {
  if (isSecret(object, steps)) return { concealed: true };
  const name = nameAt(steps);
  if (holdsSecret(name, declared) || holdsSecret(name, live)) return { concealed: true };
  return { ...(declared !== undefined && { declared }), ...(live !== undefined && { live }) };
}

function isSecret({ kind, apiVersion }: PlainObject, steps: Steps): boolean {
  const [first, second] = steps.map((step) => ('key' in step ? step.key : ''));
  if (kind === 'Secret' && apiVersion === 'v1') return first === 'data' || first === 'stringData';
  return kind === 'SealedSecret' && first === 'spec' && (second === undefined || second === 'encryptedData');
}

/** What a value goes by: `PASSWORD` in `env[PASSWORD].value`. */
function nameAt(steps: Steps): string | undefined {
  const last = steps.at(-1);
  if (last === undefined || !('key' in last)) return undefined;
  const above = steps.at(-2);
  return last.key === 'value' && above !== undefined && 'match' in above ? String(above.match.name) : last.key;
}

/** Whether a value that goes by this name, or anything in it, could be one. */
export function holdsSecret(name: string | undefined, value: unknown): boolean {
  if (typeof value === 'string') return looksLikeSecret(name, value) !== undefined;
  if (Array.isArray(value)) return value.some((item) => holdsSecret(name, item));
  const map = asMap(value);
  if (map === undefined) return false;
  const own = typeof map.name === 'string' && typeof map.value === 'string' && holdsSecret(map.name, map.value);
  return own || Object.entries(map).some(([key, child]) => holdsSecret(key, child));
}
