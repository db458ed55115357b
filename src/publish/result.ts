import type { FileChange } from './change-set.ts';

export interface PullRequestName {
  readonly number: number;
  readonly url?: string;
}

export type Outcome = 'opened' | 'updated' | 'unchanged' | 'closed' | 'blocked';

/** What became of one key, or in a dry run would become. */
export interface KeyResult {
  readonly key: string;
  readonly branch: string;
  readonly outcome: Outcome;
  readonly files: readonly Pick<FileChange, 'path' | 'action'>[];
  readonly pullRequest?: PullRequestName;
  readonly commit?: string;
  /** Why it is blocked, and what to do. */
  readonly reason?: string;
  readonly advice?: string;
  /** What is worth knowing and no problem. */
  readonly notes?: readonly string[];
}

export interface PublishResult {
  readonly results: readonly KeyResult[];
  /** Files that come when others are merged. */
  readonly waiting: readonly string[];
}
