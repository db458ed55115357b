import type { Forge } from '../forge/forge.ts';
import type { Commit } from '../git/commit.ts';
import type { Ancestry } from '../git/fleet-commit.ts';
import type { Author, TargetRepository } from '../git/target-repository.ts';
import type { Block } from './block.ts';
import type { ChangeSet, ChangeSets } from './change-set.ts';
import type { Key } from './key.ts';

/** What a change does to what runs, as far as somebody must agree to it; and how it is told. */
export interface Review {
  readonly title: string;
  readonly body: string;
  readonly block: Block | undefined;
  /** What the commit says before it lists its files. */
  readonly commitText?: string;
}

export type FindChanges = (base: Commit | undefined) => Promise<ChangeSets>;

export interface PublishRequest {
  readonly target: TargetRepository;
  readonly forge: Forge;
  readonly branch: string;
  /** Folder of the target below which the files lie; empty for its root. */
  readonly path: string;
  readonly prefix: string;
  readonly purpose: string;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly draft: boolean;
  readonly sign: boolean;
  /** What is to change, and what of it together; asked again whenever the branch has moved. */
  readonly changes: FindChanges;
  /** Trailer that says where the files come from. */
  readonly inputs: string;
  /** How a commit that others published from relates to ours: `older` is what ours came from. */
  readonly relate: (commit: string) => Promise<Ancestry>;
  /** Says why what is published may not be replaced; undefined where the commits that it came from say it. */
  readonly checkBase?: (base: Commit) => Promise<Block | undefined>;
  readonly author: Author;
  /** What of the fleet may not be published, by the name of the key. */
  readonly refusals: ReadonlyMap<string, Block>;
  readonly review: (set: ChangeSet, base: Commit, inputs: string) => Promise<Review>;
  /** How the change was asked for, kept with it so that a later run can make it anew on what is there by then. */
  readonly recipe?: () => unknown;
  readonly selected: (key: Key) => boolean;
  readonly supersede: readonly string[];
  readonly dryRun: boolean;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly onProgress?: (name: string, done: number, all: number) => void;
}
