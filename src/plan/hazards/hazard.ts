import type { PlainObject } from '../../model/desired-object.ts';
import type { Allowed } from './allowed.ts';

export type HazardKind =
  | 'delete'
  | 'immutable'
  | 'volume'
  | 'privilege'
  | 'network'
  | 'scale-to-zero'
  | 'capacity'
  | 'crd-version'
  | 'restart';

/** Something that a reviewer must know before anything else. */
export interface Hazard {
  readonly kind: HazardKind;
  /** `environment/system`. */
  readonly overlay: string;
  /** `Kind/name`. */
  readonly object: string;
  readonly text: string;
  /** Whether it is let through only when it is named. */
  readonly blocking: boolean;
}

export type FoundHazard = Pick<Hazard, 'kind' | 'object' | 'text'>;

/** One overlay before and after, object by object; an absent side does not have it. */
export interface OverlayPair {
  readonly objects: readonly ObjectPair[];
  readonly applicationBefore: PlainObject | undefined;
  readonly applicationAfter: PlainObject | undefined;
  /** What the AppProject of its environment allows from then on. */
  readonly allowed: Allowed | undefined;
}

export interface ObjectPair {
  /** `Kind/name`. */
  readonly object: string;
  readonly kind: string;
  /** With bare names of ConfigMaps. */
  readonly before: PlainObject | undefined;
  readonly after: PlainObject | undefined;
  /** As the cluster has it. */
  readonly rawBefore: PlainObject | undefined;
  readonly rawAfter: PlainObject | undefined;
}

/** A rule looks at one overlay and names what it finds; it knows nothing of other rules. */
export type HazardRule = (pair: OverlayPair) => readonly FoundHazard[];

/** An object that is there before and after. */
export type StayingPair = ObjectPair & { readonly before: PlainObject; readonly after: PlainObject };

export function stays(pair: ObjectPair): pair is StayingPair {
  return pair.before !== undefined && pair.after !== undefined;
}
