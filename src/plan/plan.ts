import type { Hazard } from './hazards/hazard.ts';

/** What would change between two states; plain data, so that it can be printed, sent and compared. */
export interface Plan {
  readonly from: string;
  readonly to: string;
  /** Most important first. */
  readonly hazards: readonly Hazard[];
  /** By environment and system; what is the same is not here. */
  readonly changes: readonly OverlayChange[];
  /** The same changes once, with the list of where. */
  readonly folded: readonly FoldedChange[];
  /** Releases that differ and that no environment runs, in words. */
  readonly unrendered: readonly string[];
}

export interface OverlayChange {
  /** `environment/system`. */
  readonly overlay: string;
  readonly action: 'create' | 'delete' | 'change';
  readonly objects: readonly ObjectChange[];
}

export interface ObjectChange {
  readonly action: 'create' | 'delete' | 'change';
  /** `Kind/name`, without the hash of a ConfigMap's content. */
  readonly object: string;
  readonly apiVersion: string;
  /** Null for what belongs to the whole cluster. */
  readonly namespace: string | null;
  /** None for what is created or deleted whole. */
  readonly fields: readonly FieldChange[];
}

export interface FieldChange {
  /** As `stowage why` takes it: `spec.template.spec.containers[web].image`. */
  readonly path: string;
  /** `order`: the same elements in another order. `secret`: `what` says all that may be said. */
  readonly action: 'add' | 'remove' | 'set' | 'order' | 'secret';
  readonly before?: unknown;
  readonly after?: unknown;
  /** For texts of several lines: a unified diff in place of both. */
  readonly diff?: string;
  readonly what?: 'sealed' | 'removed' | 're-encrypted' | 'new value' | 'new ciphertext';
  /** Lines of the description that it comes from. */
  readonly because?: readonly string[];
}

export interface FoldedChange {
  readonly system: string;
  /** Where, by name; each has `environment/system` among the changes. */
  readonly environments: readonly string[];
  /** `create Kind/name`; what they are stands in the change of any of the environments. */
  readonly objects: readonly string[];
}
