import type { Commit } from './commit.ts';

export interface CommitDraft {
  readonly tree: string;
  readonly parent: string | undefined;
  /** Seconds since 1970; author and committer share it. */
  readonly time: number;
  readonly author: Author;
  readonly message: string;
  readonly sign: boolean;
}

export interface Author {
  readonly name: string;
  readonly email: string;
}

/** What the repository held when it was looked at. */
export interface Heads {
  /** The branch that changes are merged into; undefined while the repository is empty. */
  readonly base: Commit | undefined;
  /** The branches below a prefix. */
  readonly branches: ReadonlyMap<string, Commit>;
}

export type PushAnswer =
  | { readonly kind: 'done' }
  /** The branch is no longer where it was expected to be. */
  | { readonly kind: 'moved' }
  /** The server does not want it, with its own words. */
  | { readonly kind: 'refused'; readonly said: string };

export interface PastFile {
  readonly commit: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Undefined where the file was not there. */
  readonly text: string | undefined;
}

/**
 * The config repository as publishing sees it. Nothing is checked out; whatever is written is an object that
 * nobody sees until a branch is pushed.
 */
export interface TargetRepository {
  heads(): Promise<Heads>;
  /** Files below a commit: path → blob, of those paths that are asked for. */
  files(commit: string, wanted: (path: string) => boolean): Promise<ReadonlyMap<string, string>>;
  texts(blobs: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The id that a text has as a blob here. */
  blobId(text: string): string;
  /** The tree of a commit with some files replaced, or removed where there is no text. */
  writeTree(base: string | undefined, changes: ReadonlyMap<string, string | undefined>): Promise<string>;
  writeCommit(draft: CommitDraft): Promise<Commit>;
  /** Moves a branch from one commit to another, or to nothing, if it is where it is expected to be. */
  push(branch: string, to: string | undefined, expected: string | undefined): Promise<PushAnswer>;
  /** Brings a commit here, with the names of its files; false where the repository does not give it away. */
  fetchCommit(id: string): Promise<boolean>;
  /** What a file said in the past of a commit, the newest first: where the branch itself changed it, merges among that. */
  history(commit: string, path: string): Promise<readonly PastFile[]>;
  /** Messages of the commits that lead to one, the newest first, until enough were seen. */
  messages(commit: string, enough: (messages: readonly string[]) => boolean): Promise<readonly string[]>;
}
