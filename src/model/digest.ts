import { createHash } from 'node:crypto';

export function digestOf(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    // The length keeps ("ab", "c") and ("a", "bc") apart.
    hash.update(`${part.length}:`);
    hash.update(part);
  }
  return hash.digest('hex');
}
