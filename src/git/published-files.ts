import { createHash } from 'node:crypto';
import { generatedRoots } from '../model/output-paths.ts';
import { fetchContents, type Published } from './fetch-published.ts';
import { listTree, type TreeEntry } from './list-tree.ts';
import { readBlobs } from './read-blobs.ts';

/** All that lies where generated files belong, by path below the fleet's folder. */
export async function listPublished({ commit, call }: Published, path: string): Promise<Map<string, TreeEntry>> {
  if (commit === undefined) return new Map();
  const prefix = prefixOf(path);
  const listed = await listTree(commit, rootsBelow(path), call);
  return new Map(listed.map((entry) => [entry.path.slice(prefix.length), entry]));
}

/** By id; what the cache lacks is fetched in one request. */
export async function readPublished(
  published: Published,
  path: string,
  entries: readonly TreeEntry[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const ids = entries.map(({ id }) => id);
  await fetchContents(published, ids, rootsBelow(path));
  return readBlobs(ids, published.call);
}

/** Whether a file of the repository is this text, byte for byte. */
export function isTextOf(text: string | undefined, { id }: TreeEntry): boolean {
  return text !== undefined && blobId(text, id.length) === id;
}

/** The id that git gives to a text, in a repository whose ids are that long. */
function blobId(text: string, length: number): string {
  const bytes = new TextEncoder().encode(text);
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

function rootsBelow(path: string): string[] {
  return generatedRoots.map((root) => prefixOf(path) + root);
}

function prefixOf(path: string): string {
  return path === '' ? '' : `${path}/`;
}
