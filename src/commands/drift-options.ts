import type { CommonOptions } from './command-context.ts';
import type { Selection } from './selection.ts';

export interface DriftOptions extends CommonOptions, Selection {
  readonly cluster?: readonly string[];
  readonly context?: string;
  readonly between?: readonly string[];
  readonly failOn?: readonly string[];
  readonly markdown?: boolean;
  readonly sarif?: string;
  readonly metrics?: string;
  readonly issue?: boolean;
  readonly absorb?: readonly string[];
  readonly revert?: readonly string[];
  readonly dryRun?: boolean;
  readonly allowDelete?: readonly string[];
  readonly reason?: string;
  readonly owner?: string;
  readonly until?: string;
}
