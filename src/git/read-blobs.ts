import { Failure } from '../store/fail.ts';
import { type GitCall, gitOrFail } from './run-git.ts';

/** The contents of objects by their ids, all from one process. */
export async function readBlobs(ids: readonly string[], call: GitCall): Promise<Map<string, Uint8Array>> {
  const distinct = [...new Set(ids)];
  const blobs = new Map<string, Uint8Array>();
  if (distinct.length === 0) return blobs;
  const out = await gitOrFail(['cat-file', '--batch'], 'read files from git', { ...call, input: `${distinct.join('\n')}\n` });
  let at = 0;
  for (const id of distinct) {
    const end = out.indexOf(10, at);
    const [, , size] = new TextDecoder().decode(out.subarray(at, end)).split(' ');
    if (end < 0 || size === undefined) throw new Failure(`git does not have object ${id}`, 'is the clone complete?');
    blobs.set(id, out.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return blobs;
}
