import type { PullRequest } from '../forge/forge.ts';
import type { Key } from './key.ts';
import type { View } from './look.ts';
import type { KeyResult, Outcome } from './result.ts';

/** One attempt at a key. */
export interface Attempt {
  readonly key: Key;
  readonly name: string;
  readonly branch: string;
  readonly view: View;
  readonly progress: Progress;
}

/** What attempts at a key have done so far, noted before each step: its answer may get lost. */
export interface Progress {
  did?: Outcome;
  pull?: PullRequest | undefined;
  /** Commits whose text was written into the pull request. */
  readonly described: Set<string>;
}

/** Somebody was quicker: what was found no longer holds. */
export interface Moved {
  readonly moved: true;
}

export function named(pull: PullRequest | undefined): Pick<KeyResult, 'pullRequest'> {
  if (pull === undefined) return {};
  return { pullRequest: { number: pull.number, ...(pull.url === undefined ? {} : { url: pull.url }) } };
}
