import type { Report } from '../diagnostics/diagnostic.ts';
import type { FleetInputs } from '../read/sort-inputs.ts';
import type { CompileOptions } from './compile-options.ts';
import type { Shelf } from './shelf.ts';

/** What one compilation shares among its units. */
export interface Work {
  readonly inputs: FleetInputs;
  readonly options: CompileOptions;
  readonly shelf: Shelf;
  readonly report: Report;
  /** The releases that an environment names, as they are met. */
  readonly inUse: Set<string>;
  /** How many problems have been reported so far. */
  readonly problems: () => number;
}
