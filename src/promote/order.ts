import type { Desk } from './desk.ts';
import type { Intent } from './intent.ts';
import type { BumpOrder } from './plan-bump.ts';
import type { PromotionOrder } from './plan-promotion.ts';
import type { RollbackOrder } from './plan-rollback.ts';
import type { State } from './read-state.ts';
import type { Nothing, Refusal } from './refusal.ts';

/** What a cluster has otherwise, to be said by the description: others know how, and plan it on what lies on the branch. */
export interface AbsorbOrder {
  readonly system: string;
  readonly environment: string;
  readonly plan: (state: State, desk: Desk) => Intent | Refusal | Nothing;
}

/** What somebody asks for. */
export type Order = (
  | ({ readonly kind: 'promote' } & PromotionOrder)
  | ({ readonly kind: 'rollback' } & RollbackOrder)
  | ({ readonly kind: 'bump' } & BumpOrder)
  | ({ readonly kind: 'absorb' } & AbsorbOrder)
) & {
  /** Why gates that are closed do not count. */
  readonly override?: string | undefined;
  /** Digest of the change that the reason was given for; undefined where it is given now. */
  readonly overrideOf?: string | undefined;
  /** What may be deleted or replaced, as `Kind/name`. */
  readonly allowDelete?: readonly string[];
};

/** Kept in the pull request of a promotion, so that a scheduled run makes it anew as it was asked for. */
export interface Recipe {
  readonly from?: string | undefined;
  readonly include: readonly string[];
  readonly release: string | undefined;
  readonly override?: string | undefined;
}
