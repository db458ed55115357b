import { parsePath } from '../plan/field-path.ts';
import { holdsSecret } from './show-value.ts';

/** Whether a value is better not shown: somebody may have written a secret where none belongs. */
export function looksSecret(field: string | undefined, value: unknown): boolean {
  const steps = parsePath(field ?? '');
  // Of `env[TOKEN].value` the variable is what tells.
  const name = steps.at(-1) === 'value' ? steps.at(-2) : steps.at(-1);
  return holdsSecret(name, value);
}
