import type { Forge } from '../../../src/forge/forge.ts';
import type { Commit } from '../../../src/git/commit.ts';
import type { TargetRepository } from '../../../src/git/target-repository.ts';

/** A repository with pull requests as promotions see it, and as whoever looks over their shoulder does. */
export interface Host {
  readonly target: TargetRepository;
  readonly forge: Forge;
  /** Of every branch. */
  readonly heads: () => ReadonlyMap<string, string>;
  readonly commit: (id: string) => Commit;
  readonly read: (id: string) => ReadonlyMap<string, string>;
  readonly close: () => void;
}

export const mainBranch = 'main';
export const branchPrefix = 'stowage/';
