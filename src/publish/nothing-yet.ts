import { createHash } from 'node:crypto';
import type { Forge } from '../forge/forge.ts';
import type { TargetRepository } from '../git/target-repository.ts';

/** What a dry run sees of a repository that the real one would make. */
export const emptyTarget: TargetRepository = {
  heads: async () => ({ base: undefined, branches: new Map() }),
  files: async () => new Map(),
  texts: async () => new Map(),
  blobId: (text) => createHash('sha1').update(text).digest('hex'),
  fetchCommit: async () => false,
  history: async () => [],
  messages: async () => [],
  writeTree: neverAsked,
  writeCommit: neverAsked,
  push: neverAsked,
};

export const emptyForge: Forge = {
  name: 'nothing',
  findPullRequest: async () => undefined,
  get: async () => undefined,
  list: async () => [],
  open: neverAsked,
  update: neverAsked,
  comment: neverAsked,
  setStatus: neverAsked,
  statuses: async () => [],
  reviews: async () => [],
  merge: neverAsked,
  close: neverAsked,
};

function neverAsked(): never {
  throw new Error('a dry run wanted to write');
}
