import type { CommonOptions } from './command-context.ts';
import type { Selection } from './selection.ts';

export interface PlanOptions extends CommonOptions, Selection {
  readonly from?: string;
  readonly to?: string;
  /** `system=one..other` */
  readonly release?: string;
  /** `one..other` */
  readonly environments?: string;
  readonly whatIf?: string;
  readonly markdown?: boolean;
}
