import type { CommonOptions } from './command-context.ts';
import type { Selection } from './selection.ts';

/** What `report` and `dev` have in common. */
export interface LookOptions extends CommonOptions {
  /** The state that changes are counted from. */
  readonly from?: string;
  /** JSON files of runs of drift, or folders of them. */
  readonly drift?: readonly string[];
  readonly statusFile?: readonly string[];
  readonly offline?: boolean;
}

export interface ReportOptions extends LookOptions, Selection {
  readonly output?: string;
}
