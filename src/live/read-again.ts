import type { ReadBytes } from '../store/gather-inputs.ts';
import { readWhole } from '../store/gather-inputs.ts';

/**
 * Reads a file anew only when it is another one than it was, and hands out the same bytes as long as they say the same:
 * by them the compiler knows what it has read before.
 */
export function readingAgain(): ReadBytes {
  const known = new Map<string, { readonly stamp: string; readonly bytes: Uint8Array }>();
  return (path, stats) => {
    const stamp = [stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(' ');
    const before = known.get(path);
    if (before?.stamp === stamp) return before.bytes;
    const read = readWhole(path, stats);
    const bytes = before !== undefined && Buffer.compare(before.bytes, read) === 0 ? before.bytes : read;
    known.set(path, { stamp, bytes });
    return bytes;
  };
}
