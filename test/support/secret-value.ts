import { inject } from 'vitest';

/** A secret of the tests: the end of the run searches all that was written for what is common to them. */
export function secretValue(name: string): string {
  return `${inject('secretMarker')}-${name}`;
}
