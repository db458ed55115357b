import type { CommonOptions } from './command-context.ts';
import type { Selection } from './selection.ts';

/** What `promote`, `rollback` and `bump` have in common. */
export interface ChangeOptions extends CommonOptions {
  readonly dryRun?: boolean;
  readonly override?: string;
  readonly allowDelete?: readonly string[];
}

export interface PromoteOptions extends ChangeOptions, Selection {
  readonly to?: string;
  readonly from?: string;
  readonly include?: readonly string[];
  readonly release?: string;
  readonly all?: boolean;
  readonly due?: boolean;
  readonly status?: boolean;
  readonly fields?: boolean;
  readonly statusFile?: readonly string[];
}

export interface RollbackOptions extends ChangeOptions {
  readonly to?: string;
  readonly include?: readonly string[];
  readonly accept?: readonly string[];
}

export interface BumpOptions extends ChangeOptions, Selection {
  readonly resolve?: boolean;
}
