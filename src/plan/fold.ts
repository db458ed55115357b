import type { ObjectChange, OverlayChange } from './plan.ts';

/** The changes of one system that are the same in each of these environments, and nowhere else. */
export interface Fold {
  readonly system: string;
  readonly environments: readonly string[];
  /** What becomes of the overlay as a whole. */
  readonly action: OverlayChange['action'];
  readonly objects: readonly ObjectChange[];
}
